using MemoryCluster.Shards;

namespace MemoryCluster.TestKit.Stores;

/// <summary>A seeded history: random appends to a real store, and what it must hold after each.</summary>
public sealed class StoreModel(int seed)
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);

    /// <summary>After the last acknowledged append.</summary>
    public StoreState Acknowledged { get; private set; } = StoreState.Empty;

    /// <summary>After the last append that was tried.</summary>
    public StoreState Tried { get; private set; } = StoreState.Empty;

    /// <summary>One random append of one to five mutations, now and then followed by maintenance.</summary>
    public async Task StepAsync(IShardStore store)
    {
        await AppendAsync(store);
        if (_random.Next(10) == 0)
            await store.MaintainAsync(Start, default);
    }

    public async Task AppendAsync(IShardStore store)
    {
        var mutations = new List<ShardMutation>();
        Tried = Acknowledged;
        for (var count = _random.Next(1, 6); count > 0; count--)
        {
            mutations.Add(Next(Tried));
            Tried = Tried.After(mutations[^1..]);
        }

        await store.AppendAsync(mutations, default);
        Acknowledged = Tried;
        await ComparePointReadsAsync(store);
    }

    /// <summary>After an unknown outcome was looked up.</summary>
    public void Settle(bool lastIsThere) => Acknowledged = Tried = lastIsThere ? Tried : Acknowledged;

    public async Task CompareAsync(IShardStore store)
    {
        var difference = await Acknowledged.DifferenceAsync(store);
        Assert.True(difference is null, $"Seed {seed}: {difference}.");
        await ComparePointReadsAsync(store);
        if (Acknowledged.Erased.IsEmpty)
            return;
        var key = Acknowledged.Erased.ElementAt(_random.Next(Acknowledged.Erased.Count));
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(
            async () => await store.AppendAsync([Mutations.Put(store.Seq + 1, key, "again")], default));
        Assert.Equal("tombstoned", fault.Code);
    }

    // Half of what is asked for is not there, or no longer.
    private async Task ComparePointReadsAsync(IShardStore store)
    {
        var keys = Enumerable.Range(0, 20).Select(_ => Mutations.Key(_random.Next(200))).ToArray();
        var read = await store.ReadAsync(keys, default);
        foreach (var (key, record) in keys.Zip(read))
        {
            var isThere = Acknowledged.Records.TryGetValue(key, out var expected);
            Assert.True(
                record is { } one ? isThere && one.Key == key && one.Seq == expected.Seq && one.Payload.Span.SequenceEqual(expected.Payload.Span) : !isThere,
                $"Seed {seed}: record {key} reads back as {record?.Seq.ToString() ?? "none"} by its key.");
        }
    }

    private ShardMutation Next(StoreState state)
    {
        var seq = state.Seq + 1;
        var at = Start.AddSeconds(seq);
        var mutation = new ShardMutation { Seq = seq, At = at };
        for (var count = _random.Next(0, 4); count > 0; count--)
            mutation = mutation with { Writes = mutation.Writes.Add(NextWrite(state.After([mutation]))) };
        return _random.Next(3) == 0
            ? mutation with { Operation = new OperationEntry(Mutations.Key((int)seq).Value, at, BitConverter.GetBytes(seq)) }
            : mutation;
    }

    private RecordWrite NextWrite(StoreState state)
    {
        var key = Mutations.Key(_random.Next(200));
        var choice = state.Erased.Contains(key) ? 1 : _random.Next(10);
        if (choice == 0)
            return RecordWrite.Erase(key);
        if (choice <= 2)
            return RecordWrite.Delete(key);
        var payload = new byte[_random.Next(0, 400)];
        _random.NextBytes(payload);
        return RecordWrite.Put(key, payload);
    }
}
