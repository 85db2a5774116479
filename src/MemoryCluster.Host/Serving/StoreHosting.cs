using System.Diagnostics;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Files;
using MemoryCluster.Storage.Memory;

namespace MemoryCluster.Host.Serving;

/// <summary>Chooses the stores.</summary>
internal static class StoreHosting
{
    public static IServiceCollection AddStores(this IServiceCollection services, ServeOptions options) => options.Store switch
    {
        StoreKind.File => services.AddSingleton<IShardStores>(provider => new FileShardStores(
            new FileStoreOptions { Root = DataFolders.Stores(options.Data) },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FileShardStores>>())),
        StoreKind.Memory => services.AddSingleton<IShardStores, InMemoryShardStores>(),
        _ => throw new UnreachableException($"The command line lets no store {options.Store} through."),
    };
}
