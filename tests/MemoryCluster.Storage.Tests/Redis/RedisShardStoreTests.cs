using MemoryCluster.Shards;
using MemoryCluster.Storage.Redis;
using MemoryCluster.TestKit.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryCluster.Storage.Tests.Redis;

/// <summary>On a real server. Every test has a prefix of its own, which stands for an empty Redis.</summary>
[NeedsRedis]
public sealed class RedisShardStoreTests(RedisServerFixture server) : ShardStoreContract, IClassFixture<RedisServerFixture>
{
    private static int _tests;

    private readonly string _prefix = $"test-{Interlocked.Increment(ref _tests)}";

    protected override ValueTask<IShardStores> CreateAsync() => ReopenAsync();

    protected override ValueTask<IShardStores> ReopenAsync() => ValueTask.FromResult<IShardStores>(
        new RedisShardStores(
            new RedisStoreOptions { ConnectionString = server.ConnectionString, Prefix = _prefix },
            TimeProvider.System,
            NullLogger<RedisShardStores>.Instance));

    protected override ValueTask CloseAsync(IShardStores stores) => ((RedisShardStores)stores).DisposeAsync();
}
