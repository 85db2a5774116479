using MemoryCluster.Shards;

namespace MemoryCluster.TestKit.Stores;

/// <summary>The simplest store: dictionaries, and a seeded choice of what to do next to a real one beside them.</summary>
public sealed class StoreModel(int seed)
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);
    private readonly Dictionary<RecordKey, (long Seq, byte[] Payload)> _records = [];
    private readonly HashSet<RecordKey> _erased = [];
    private readonly Dictionary<Guid, byte[]> _operations = [];
    private long _seq;

    /// <summary>One random append of one to five mutations to both, now and then followed by maintenance.</summary>
    public async Task StepAsync(IShardStore store)
    {
        var mutations = Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Next()).ToArray();
        await store.AppendAsync(mutations, default);
        if (_random.Next(10) == 0)
            await store.MaintainAsync(Start, default);
    }

    public async Task CompareAsync(IShardStore store)
    {
        Assert.True(_seq == store.Seq, $"Seed {seed}: the store is at {store.Seq}, the model at {_seq}.");
        var records = await StoreContent.Of(store).Records();
        Assert.True(_records.Keys.ToHashSet().SetEquals(records.Keys), $"Seed {seed}: other keys than the model's at {_seq}.");
        foreach (var (key, (seq, payload)) in _records)
        {
            var same = records[key].Seq == seq && records[key].Payload.Span.SequenceEqual(payload);
            Assert.True(same, $"Seed {seed}: record {key} differs from the model's at {_seq}.");
        }

        var operations = (await StoreContent.Of(store).Operations(Start)).ToDictionary(o => o.Key, o => o.Result.ToArray());
        Assert.True(_operations.Keys.ToHashSet().SetEquals(operations.Keys), $"Seed {seed}: other operations than the model's.");
        Assert.All(_operations, o => Assert.Equal(o.Value, operations[o.Key]));
        await CheckTombstoneAsync(store);
    }

    private async Task CheckTombstoneAsync(IShardStore store)
    {
        if (_erased.Count == 0)
            return;
        var key = _erased.ElementAt(_random.Next(_erased.Count));
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(
            async () => await store.AppendAsync([Mutations.Put(_seq + 1, key, "again")], default));
        Assert.Equal("tombstoned", fault.Code);
    }

    private ShardMutation Next()
    {
        var seq = ++_seq;
        var writes = Enumerable.Range(0, _random.Next(0, 4)).Select(_ => NextWrite(seq)).ToArray();
        return new ShardMutation { Seq = seq, At = Start.AddSeconds(seq), Writes = [.. writes], Operation = NextOperation(seq) };
    }

    private RecordWrite NextWrite(long seq)
    {
        var key = Mutations.Key(_random.Next(1_000));
        var choice = _erased.Contains(key) ? 1 : _random.Next(10);
        if (choice > 2)
        {
            var payload = new byte[_random.Next(0, 400)];
            _random.NextBytes(payload);
            _records[key] = (seq, payload);
            return RecordWrite.Put(key, payload);
        }

        _records.Remove(key);
        if (choice == 0)
            _erased.Add(key);
        return choice == 0 ? RecordWrite.Erase(key) : RecordWrite.Delete(key);
    }

    private OperationEntry? NextOperation(long seq)
    {
        if (_random.Next(3) != 0)
            return null;
        var entry = new OperationEntry(Mutations.Key((int)seq).Value, Start.AddSeconds(seq), BitConverter.GetBytes(seq));
        _operations.Add(entry.Key, entry.Result.ToArray());
        return entry;
    }
}
