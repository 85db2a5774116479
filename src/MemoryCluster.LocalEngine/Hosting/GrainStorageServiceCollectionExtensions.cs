using MemoryCluster.LocalEngine.Reminders;
using MemoryCluster.LocalEngine.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Storage;

namespace MemoryCluster.LocalEngine;

/// <summary>Names the storages of states and reminders.</summary>
public static class GrainStorageServiceCollectionExtensions
{
    /// <summary>States of that storage name are kept as long as the process lives.</summary>
    public static IServiceCollection AddMemoryGrainStorage(this IServiceCollection services, string name = StateStorageNames.Default) =>
        services.AddKeyedSingleton<IGrainStorage>(name, new MemoryGrainStorage());

    /// <summary>States of that storage name are kept in files under the folder.</summary>
    public static IServiceCollection AddFileGrainStorage(this IServiceCollection services, string folder, string name = StateStorageNames.Default) =>
        services.AddKeyedSingleton<IGrainStorage>(name, new FileGrainStorage(folder));

    /// <summary>Reminders are kept in a file instead of in memory, and so outlive the process.</summary>
    public static IServiceCollection AddFileReminders(this IServiceCollection services, string path) =>
        services.Replace(ServiceDescriptor.Singleton<IReminderTable>(new FileReminderTable(path)));
}
