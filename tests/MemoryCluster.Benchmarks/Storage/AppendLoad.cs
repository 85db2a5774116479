using System.Diagnostics;
using System.Threading.Channels;
using MemoryCluster.Shards;

namespace MemoryCluster.Benchmarks.Storage;

/// <summary>Appends to one store as a shard does: one append at a time, and what came meanwhile goes into the next.</summary>
internal sealed class AppendLoad
{
    private readonly IShardStore _store;
    private readonly byte[] _payload;
    private long _seq;

    private AppendLoad(IShardStore store, int payloadBytes)
    {
        _store = store;
        _seq = store.Seq;
        _payload = new byte[payloadBytes];
    }

    public static async Task<AppendLoad> OpenAsync(IShardStores stores, string name, int payloadBytes) =>
        new(await stores.OpenAsync(new StoreId(new TenantId("bench"), name), default), payloadBytes);

    public async Task OneCallerAsync(int count, Latencies seen)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await _store.AppendAsync([Next()], default);
            seen.Add(Stopwatch.GetElapsedTime(start));
        }

        seen.AddRound(Stopwatch.GetElapsedTime(began));
    }

    public async Task ManyCallersAsync(int callers, int count, Latencies seen)
    {
        var requests = Channel.CreateBounded<TaskCompletionSource>(callers);
        var began = Stopwatch.GetTimestamp();
        var committing = CommitAsync(requests.Reader);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => CallAsync(requests.Writer, count / callers, seen)));
        requests.Writer.Complete();
        await committing;
        seen.AddRound(Stopwatch.GetElapsedTime(began));
    }

    private static async Task CallAsync(ChannelWriter<TaskCompletionSource> requests, int count, Latencies seen)
    {
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await requests.WriteAsync(done);
            await done.Task;
            seen.Add(Stopwatch.GetElapsedTime(start));
        }
    }

    private async Task CommitAsync(ChannelReader<TaskCompletionSource> requests)
    {
        var waiting = new List<TaskCompletionSource>();
        while (await requests.WaitToReadAsync())
        {
            while (requests.TryRead(out var request))
                waiting.Add(request);
            await _store.AppendAsync([.. waiting.Select(_ => Next())], default);
            waiting.ForEach(request => request.SetResult());
            waiting.Clear();
        }
    }

    private ShardMutation Next()
    {
        var seq = ++_seq;
        var key = new RecordKey(new Guid((int)seq, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]));
        return new ShardMutation { Seq = seq, At = DateTimeOffset.UnixEpoch, Writes = [RecordWrite.Put(key, _payload)] };
    }
}
