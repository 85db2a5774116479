using System.Security.Cryptography;
using MemoryCluster.Shards;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace MemoryCluster.Storage.Redis;

/// <summary>Stores in one Redis, for silos on several machines. Epochs fence them wherever they run.</summary>
public sealed partial class RedisShardStores : IShardStores, IAsyncDisposable
{
    private const string Creating = "creating";

    // A script holds up everybody else: some milliseconds of deletions.
    private const int DestroyedPerCall = 1_000;

    private readonly RedisStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private ConnectionMultiplexer? _redis;

    public RedisShardStores(RedisStoreOptions options, TimeProvider clock, ILogger<RedisShardStores> logger)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.ConnectionString);
        _options = options;
        _clock = clock;
        _logger = logger;
    }

    public async ValueTask<IShardStore> OpenAsync(StoreId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var redis = await ConnectAsync(id, cancellationToken).ConfigureAwait(false);
            var keys = new RedisKeys(_options.Prefix, id);
            var connection = new RedisConnection(redis.GetDatabase(), _options, _clock);
            var (epoch, seq) = await TakeEpochAsync(id, keys, connection).ConfigureAwait(false);
            var erased = await connection.ReadTombstonesAsync(keys, cancellationToken).ConfigureAwait(false);
            return new RedisShardStore(id, keys, connection, epoch, seq, erased);
        }
        catch (Exception cause) when (RedisFaults.IsFailure(cause))
        {
            throw RedisFaults.OfRead(id, cause);
        }
    }

    public async ValueTask DestroyAsync(StoreId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var redis = await ConnectAsync(id, cancellationToken).ConfigureAwait(false);
            var keys = new RedisKeys(_options.Prefix, id);
            var connection = new RedisConnection(redis.GetDatabase(), _options, _clock);
            // The catalogue first: a store that is listed and half gone would pass for a loss.
            await connection.WithinAsync(database => database.HashDeleteAsync(keys.Stores, keys.Store)).ConfigureAwait(false);
            RedisValue[] arguments = [keys.RecordPrefix, keys.OperationPrefix, DestroyedPerCall];
            while ((long)(await connection.CallAsync(RedisScripts.Destroy, keys, arguments).ConfigureAwait(false))[1] > 0)
                cancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception cause) when (RedisFaults.IsFailure(cause))
        {
            throw RedisFaults.OfRead(id, cause);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is { } redis)
            await redis.CloseAsync().ConfigureAwait(false);
        _redis?.Dispose();
        _connecting.Dispose();
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(StoreId id, CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _redis ??= await ConnectCheckedAsync(id).ConfigureAwait(false);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<ConnectionMultiplexer> ConnectCheckedAsync(StoreId id)
    {
        var redis = await ConnectionMultiplexer.ConnectAsync(ConfigurationOptions.Parse(_options.ConnectionString)).ConfigureAwait(false);
        var problems = await new RedisPreflight(_clock).CheckAsync(redis).WaitAsync(_options.CommandTimeout, _clock).ConfigureAwait(false);
        if (problems.Count == 0)
            return redis;

        LogUnsafe(_logger, string.Join(' ', problems));
        if (_options.AllowUnsafeServer)
            return redis;
        redis.Dispose();
        throw StoreFaults.Unavailable(
            id, $"the Redis server is not fit to hold it: {string.Join(' ', problems)} Change it, or set AllowUnsafeServer and lose writes");
    }

    /// <summary>
    /// Catalogue before meta, and the generation into the catalogue before the first append: a crash between leaves 'creating', which
    /// may begin again; a generation without meta is a loss.
    /// </summary>
    private static async Task<(long Epoch, long Seq)> TakeEpochAsync(StoreId id, RedisKeys keys, RedisConnection connection)
    {
        await connection.WithinAsync(redis => redis.HashSetAsync(keys.Stores, keys.Store, Creating, When.NotExists)).ConfigureAwait(false);
        var listed = (string)(await connection.WithinAsync(redis => redis.HashGetAsync(keys.Stores, keys.Store)).ConfigureAwait(false))!;
        var known = listed == Creating ? "" : listed;
        var fresh = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var reply = await connection.CallAsync(RedisScripts.Open, keys, [known, fresh]).ConfigureAwait(false);
        if ((string)reply[0]! != "ok")
            throw StoreFaults.Corrupt(id, Damage(reply));
        if (known.Length == 0)
        {
            var generation = (RedisValue)reply[3];
            await connection.WithinAsync(redis => redis.HashSetAsync(keys.Stores, keys.Store, generation)).ConfigureAwait(false);
        }

        return ((long)reply[1], (long)reply[2]);
    }

    private static string Damage(RedisResult[] reply) => (string)reply[0]! switch
    {
        "gone" => "Redis lists it and has lost its meta key. Nothing was changed. Restore Redis from its append-only file or a backup.",
        "other" => $"Redis lists another generation of it than the one found, {reply[1]}. Nothing was changed. Restore Redis from one backup.",
        _ => $"Redis should hold {reply[1]} records and {reply[3]} tombstones of it and holds {reply[2]} and {reply[4]}. Nothing was "
            + "changed. Restore Redis from its append-only file or a backup.",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Redis server is not fit to hold stores: {Problems}")]
    private static partial void LogUnsafe(ILogger logger, string problems);
}
