using System.Globalization;
using MemoryCluster.Shards;
using StackExchange.Redis;

namespace MemoryCluster.Storage.Redis;

/// <summary>Commands under a deadline of our own: the client of the local engine's build has none for asynchronous calls.</summary>
internal sealed class RedisConnection(IDatabase redis, RedisStoreOptions options, TimeProvider clock)
{
    private const int PageCount = 1_000;

    public long LogEntriesMax => options.LogEntriesMax;

    public Task<T> WithinAsync<T>(Func<IDatabase, Task<T>> command) => command(redis).WaitAsync(options.CommandTimeout, clock);

    public Task<RedisResult[]> CallAsync(RedisScript script, RedisKeys keys, RedisValue[] arguments) =>
        WithinAsync(database => script.CallAsync(database, keys.All, arguments));

    public async Task<HashSet<RecordKey>> ReadTombstonesAsync(RedisKeys keys, CancellationToken cancellationToken)
    {
        var erased = new HashSet<RecordKey>();
        var cursor = "0";
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var from = cursor;
            var page = (RedisResult[])(await WithinAsync(
                database => database.ExecuteAsync("HSCAN", keys.Tombstones, from, "COUNT", PageCount)).ConfigureAwait(false))!;
            cursor = (string)page[0]!;
            foreach (var key in ((RedisResult[])page[1]!).Where((_, index) => index % 2 == 0))
                erased.Add(ParseKey((string)key!));
        }
        while (cursor != "0");

        return erased;
    }

    public static RecordKey ParseKey(string text) => new(Guid.ParseExact(text, "N"));

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
