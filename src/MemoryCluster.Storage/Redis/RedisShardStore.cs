using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MemoryCluster.Shards;
using StackExchange.Redis;

namespace MemoryCluster.Storage.Redis;

/// <summary>One owner's handle. The scripts are the authority; what it checks itself spares a call and keeps refusals whole.</summary>
internal sealed class RedisShardStore(
    StoreId id, RedisKeys keys, RedisConnection connection, long epoch, long seq, HashSet<RecordKey> erased) : IShardStore, IStoreFacts
{
    /// <summary>Records asked for at a time: at the contract's 32 KB of text and a vector each, some 5 MB.</summary>
    private const int PageCount = 128;

    private const int ExpiredPerCall = 1_000;

    private bool _disposed;
    private bool _doubtful;

    public long Epoch { get; } = epoch;

    public long Seq { get; private set; } = seq;

    public bool IsErased(RecordKey key) => erased.Contains(key);

    // Left to the script, which has them all.
    public DateTimeOffset? OperationAt(Guid operation) => null;

    public IAsyncEnumerable<StoredRecord> ReadRecordsAsync(CancellationToken cancellationToken) => ReadPagesAsync(
        (redis, start) => redis.SortedSetRangeByRankAsync(keys.Index, start, start + PageCount - 1),
        ReadRecordAsync,
        cancellationToken);

    public IAsyncEnumerable<OperationEntry> ReadOperationsAsync(DateTimeOffset since, CancellationToken cancellationToken) => ReadPagesAsync(
        (redis, start) => redis.SortedSetRangeByScoreAsync(
            keys.OperationTimes, since.ToUnixTimeMilliseconds(), skip: start, take: PageCount),
        (redis, key) => ReadOperationAsync(redis, key, since),
        cancellationToken);

    public ValueTask<IReadOnlyList<RecordKey>> ReadErasedAsync(CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return ValueTask.FromResult<IReadOnlyList<RecordKey>>([.. erased]);
    }

    public async ValueTask<IReadOnlyList<StoredRecord?>> ReadAsync(IReadOnlyList<RecordKey> asked, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        var found = new List<StoredRecord?>(asked.Count);
        foreach (var page in asked.Chunk(PageCount))
        {
            found.AddRange(await ReadAsync(() => connection.WithinAsync(
                redis => Task.WhenAll(page.Select(key => FindRecordAsync(redis, key))))).ConfigureAwait(false));
        }

        return found;
    }

    public async ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        if (_doubtful)
            throw StoreFaults.Unavailable(id, "an earlier append of this handle has an unknown outcome; open it anew");
        MutationRules.CheckShape(mutations);
        MutationRules.Check(id, mutations, this);
        foreach (var (first, count) in AppendArguments.Split(mutations))
        {
            var arguments = AppendArguments.Of(mutations, first, count, Epoch, keys);
            await AppendAsync(arguments, isFirst: first == 0).ConfigureAwait(false);
            for (var index = first; index < first + count; index++)
                Apply(mutations[index]);
        }
    }

    public async ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        try
        {
            return !_doubtful && (long)await connection.WithinAsync(redis => redis.HashGetAsync(keys.Meta, "epoch")).ConfigureAwait(false) == Epoch;
        }
        catch (Exception cause) when (RedisFaults.IsFailure(cause))
        {
            throw RedisFaults.OfRead(id, cause);
        }
    }

    public async ValueTask MaintainAsync(DateTimeOffset operationsSince, CancellationToken cancellationToken)
    {
        RedisValue[] arguments =
        [
            Epoch, keys.OperationPrefix, operationsSince.ToUnixTimeMilliseconds(), ExpiredPerCall, connection.LogEntriesMax,
        ];
        long removed;
        do
        {
            CheckOpen(cancellationToken);
            var reply = await ReadAsync(() => connection.CallAsync(RedisScripts.Maintain, keys, arguments)).ConfigureAwait(false);
            removed = (long)reply[1];
        }
        while (removed == ExpiredPerCall);
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return ValueTask.CompletedTask;
    }

    private async Task AppendAsync(RedisValue[] arguments, bool isFirst)
    {
        RedisResult[] reply;
        try
        {
            reply = await connection.CallAsync(RedisScripts.Append, keys, arguments).ConfigureAwait(false);
        }
        catch (Exception cause) when (RedisFaults.IsFailure(cause))
        {
            var fault = RedisFaults.OfWrite(id, cause);
            _doubtful = fault.Fault == MemoryFault.OutcomeUnknown || !isFirst;
            throw isFirst ? fault : StoreFaults.OutcomeUnknown(id, "a part of a large append was refused", fault);
        }

        if ((string)reply[0]! == "ok")
            return;
        _doubtful = !isFirst;
        var refusal = Refusal(reply, firstSeq: (long)arguments[1]);
        throw isFirst ? refusal : StoreFaults.OutcomeUnknown(id, "a part of a large append was refused", refusal);
    }

    private MemoryClusterException Refusal(RedisResult[] reply, long firstSeq) => (string)reply[0]! switch
    {
        "fenced" => StoreFaults.Fenced(id, Epoch),
        "sequence" => StoreFaults.OutOfSequence(id, (long)reply[1] + 1, firstSeq),
        "tombstoned" => StoreFaults.Tombstoned(id, RedisConnection.ParseKey((string)reply[1]!), firstSeq),
        _ => StoreFaults.OperationRepeated(id, Guid.ParseExact((string)reply[1]!, "N"), firstSeq),
    };

    private void Apply(ShardMutation mutation)
    {
        foreach (var write in mutation.Writes)
        {
            if (write.Kind == WriteKind.Erase)
                erased.Add(write.Key);
        }

        Seq = mutation.Seq;
    }

    /// <summary>Page by page; each is given out only after a look at the epoch that is later than the reads.</summary>
    private async IAsyncEnumerable<T> ReadPagesAsync<T>(
        Func<IDatabase, int, Task<RedisValue[]>> readKeys,
        Func<IDatabase, string, Task<T[]>> readOne,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var start = 0; ; start += PageCount)
        {
            CheckOpen(cancellationToken);
            var from = start;
            var page = await ReadAsync(() => connection.WithinAsync(redis => readKeys(redis, from))).ConfigureAwait(false);
            var read = await ReadAsync(() => connection.WithinAsync(
                redis => Task.WhenAll(page.Select(key => readOne(redis, key!))))).ConfigureAwait(false);
            foreach (var one in read.SelectMany(found => found))
                yield return one;
            if (page.Length < PageCount)
                yield break;
        }
    }

    private async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            var found = await read().ConfigureAwait(false);
            await CheckCurrentAsync().ConfigureAwait(false);
            return found;
        }
        catch (InvalidDataException cause)
        {
            // A later owner may have removed it; only of the owner's own is it a loss.
            await CheckCurrentAsync().ConfigureAwait(false);
            throw StoreFaults.Corrupt(id, cause.Message, cause);
        }
        catch (Exception cause) when (RedisFaults.IsFailure(cause))
        {
            throw RedisFaults.OfRead(id, cause);
        }
    }

    private async Task CheckCurrentAsync()
    {
        if (!await IsCurrentAsync(CancellationToken.None).ConfigureAwait(false))
            throw StoreFaults.Fenced(id, Epoch);
    }

    private async Task<StoredRecord[]> ReadRecordAsync(IDatabase redis, string key) =>
        [
            await FindRecordAsync(redis, RedisConnection.ParseKey(key)).ConfigureAwait(false)
                ?? throw new InvalidDataException($"Redis lists record {key} and has lost it. Restore Redis from its append-only file or a backup."),
        ];

    private async Task<StoredRecord?> FindRecordAsync(IDatabase redis, RecordKey key)
    {
        var fields = await redis.HashGetAsync(keys.RecordPrefix + key.ToString(), ["p", "s"]).ConfigureAwait(false);
        return fields[1].IsNull ? null : new StoredRecord(key, (long)fields[1], (byte[])fields[0]!);
    }

    private async Task<OperationEntry[]> ReadOperationAsync(IDatabase redis, string key, DateTimeOffset since)
    {
        var value = (byte[]?)await redis.StringGetAsync(keys.OperationPrefix + key).ConfigureAwait(false);
        if (value is null)
            return [];
        var at = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(value), TimeSpan.Zero);
        return at < since ? [] : [new OperationEntry(Guid.ParseExact(key, "N"), at, value.AsMemory(sizeof(long)))];
    }

    private void CheckOpen(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
