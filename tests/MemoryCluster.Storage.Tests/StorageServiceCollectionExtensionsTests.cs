using System.ComponentModel.DataAnnotations;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Files;
using MemoryCluster.Storage.Memory;
using MemoryCluster.Storage.Redis;
using MemoryCluster.TestKit.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Storage.Tests;

public sealed class StorageServiceCollectionExtensionsTests
{
    [Theory]
    [InlineData(StorageKind.File, typeof(FileShardStores))]
    [InlineData(StorageKind.Redis, typeof(RedisShardStores))]
    [InlineData(StorageKind.Memory, typeof(InMemoryShardStores))]
    public async Task EachKind_HasItsStores(StorageKind kind, Type expected)
    {
        using var folder = new TemporaryFolder();
        var options = new StorageOptions { Kind = kind, Data = folder.Path, Redis = "127.0.0.1:1" };
        await using var services = new ServiceCollection().AddLogging().AddMemoryClusterStorage(options).BuildServiceProvider();

        Assert.IsType(expected, services.GetRequiredService<IShardStores>());
    }

    [Theory]
    [InlineData(StorageKind.Unspecified, "data", "127.0.0.1", "mc")]
    [InlineData((StorageKind)9, "data", "127.0.0.1", "mc")]
    [InlineData(StorageKind.File, " ", null, "mc")]
    [InlineData(StorageKind.Redis, "data", null, "mc")]
    [InlineData(StorageKind.Redis, "data", "127.0.0.1", "{x}:")]
    public void OptionsThatMakeNoSense_AreRefusedAtOnce(StorageKind kind, string data, string? redis, string prefix)
    {
        var options = new StorageOptions { Kind = kind, Data = data, Redis = redis, RedisPrefix = prefix };

        Assert.Throws<ValidationException>(() => new ServiceCollection().AddMemoryClusterStorage(options));
    }
}
