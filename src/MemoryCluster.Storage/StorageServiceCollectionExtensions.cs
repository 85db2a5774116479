using System.ComponentModel.DataAnnotations;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Files;
using MemoryCluster.Storage.Memory;
using MemoryCluster.Storage.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Storage;

/// <summary>Puts stores into a host.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <summary>Adds the one <see cref="IShardStores"/> that the options name; the container disposes it.</summary>
    /// <exception cref="ValidationException">The options contradict themselves.</exception>
    public static IServiceCollection AddMemoryClusterStorage(this IServiceCollection services, StorageOptions options)
    {
        Check(options);
        services.TryAddSingleton(TimeProvider.System);
        return options.Kind switch
        {
            StorageKind.File => services.AddSingleton<IShardStores>(FileStores(options)),
            StorageKind.Redis => services.AddSingleton<IShardStores>(RedisStores(options)),
            StorageKind.Memory => services.AddSingleton<IShardStores>(new InMemoryShardStores()),
            StorageKind.Unspecified or _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, "Not a kind of storage."),
        };
    }

    private static Func<IServiceProvider, FileShardStores> FileStores(StorageOptions options)
    {
        var files = Checked(new FileStoreOptions { Root = Path.GetFullPath(options.Data) });
        return services => new FileShardStores(
            files, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<FileShardStores>>());
    }

    private static Func<IServiceProvider, RedisShardStores> RedisStores(StorageOptions options)
    {
        var redis = Checked(new RedisStoreOptions
        {
            ConnectionString = options.Redis!,
            Prefix = options.RedisPrefix,
            AllowUnsafeServer = options.AllowUnsafeRedis,
        });
        return services => new RedisShardStores(
            redis, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<RedisShardStores>>());
    }

    private static T Checked<T>(T options)
        where T : class
    {
        Check(options);
        return options;
    }

    private static void Check(object options) =>
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
}
