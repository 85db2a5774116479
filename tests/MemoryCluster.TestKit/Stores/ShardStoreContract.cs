using MemoryCluster.Shards;

namespace MemoryCluster.TestKit.Stores;

/// <summary>What every <see cref="IShardStores"/> must do. A store proves itself by inheriting this class.</summary>
public abstract class ShardStoreContract : IAsyncLifetime
{
    protected static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    protected static readonly StoreId Id = new(new TenantId("acme"), "shard/blue/0");

    private IShardStores? _stores;

    protected IShardStores Stores => _stores ?? throw new InvalidOperationException("The stores are not created yet.");

    public async Task InitializeAsync() => _stores = await CreateAsync();

    public async Task DisposeAsync()
    {
        if (_stores is not null)
            await CloseAsync(_stores);
    }

    [ContractFact]
    public async Task NewStore_IsEmptyAndOwned()
    {
        await using var store = await OpenAsync();

        Assert.Equal(0, store.Seq);
        Assert.True(store.Epoch > 0);
        Assert.True(await store.IsCurrentAsync(default));
        Assert.Empty(await StoreContent.Of(store).Records());
    }

    [ContractFact]
    public async Task Append_IsReadBackAfterRestart()
    {
        await using (var store = await OpenAsync())
        {
            await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "one"), Mutations.Put(2, Mutations.Key(2), "two")], default);
            await store.AppendAsync([Mutations.Put(3, Mutations.Key(3), "")], default);
            Assert.Equal(3, store.Seq);
        }

        await RestartAsync();

        await using var reopened = await OpenAsync();
        Assert.Equal(3, reopened.Seq);
        var records = await StoreContent.Of(reopened).Records();
        Assert.Equal([(1L, "one"), (2L, "two"), (3L, "")], records.Values.Select(r => (r.Seq, Mutations.Text(r.Payload))).Order());
    }

    [ContractFact]
    public async Task FirstMutation_MayBeginAnywhere_AndTheRestFollows()
    {
        await using (var store = await OpenAsync())
        {
            await store.AppendAsync([Mutations.Put(41, Mutations.Key(1), "a"), Mutations.Put(42, Mutations.Key(2), "b")], default);
            Assert.Equal(42, store.Seq);
            await Refused(store, "out_of_sequence", [Mutations.Put(44, Mutations.Key(3), "c")]);
        }

        await RestartAsync();

        await using var reopened = await OpenAsync();
        Assert.Equal(42, reopened.Seq);
        await reopened.AppendAsync([Mutations.Put(43, Mutations.Key(3), "c")], default);
        Assert.Equal(3, (await StoreContent.Of(reopened).Records()).Count);
    }

    [ContractFact]
    public async Task ReadErased_GivesWhatWasErased_AlsoAfterRestart()
    {
        await using (var store = await OpenAsync())
        {
            await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "a"), Mutations.Erase(2, Mutations.Key(1))], default);
            await store.AppendAsync([Mutations.Delete(3, Mutations.Key(2))], default);
            Assert.Equal([Mutations.Key(1)], await store.ReadErasedAsync(default));
        }

        await RestartAsync();

        await using var reopened = await OpenAsync();
        Assert.Equal([Mutations.Key(1)], await reopened.ReadErasedAsync(default));
    }

    [ContractFact]
    public async Task Destroy_FencesTheOwner_AndLeavesNothing()
    {
        await using var store = await OpenAsync();
        await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "a"), Mutations.Operation(2, 7, Start, "done")], default);

        await Stores.DestroyAsync(Id, default);
        await Stores.DestroyAsync(Id, default);

        Assert.False(await store.IsCurrentAsync(default));
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () => await store.AppendAsync([Mutations.Put(3, Mutations.Key(2), "b")], default));
        Assert.Equal("shard_fenced", fault.Code);
        await RestartAsync();
        await using var reopened = await OpenAsync();
        Assert.Empty(await StoreContent.Of(reopened).Records());
        Assert.Empty(await reopened.ReadErasedAsync(default));
        Assert.Equal(0, reopened.Seq);
    }

    [ContractFact]
    public async Task Append_LaterPutsWin()
    {
        await using (var store = await OpenAsync())
        {
            var key = Mutations.Key(1);
            await store.AppendAsync([Mutations.Put(1, key, "a"), Mutations.Put(2, key, "b")], default);
            await store.AppendAsync(
                [new ShardMutation { Seq = 3, At = Start, Writes = [Mutations.PutWrite(key, "c"), Mutations.PutWrite(key, "d")] }], default);
        }

        await using var reopened = await OpenAsync();
        var record = Assert.Single(await StoreContent.Of(reopened).Records()).Value;
        Assert.Equal((3L, "d"), (record.Seq, Mutations.Text(record.Payload)));
    }

    [ContractFact]
    public async Task Read_GivesRecordsAsTheyAreNow_InTheOrderOfTheKeys()
    {
        await using var store = await OpenAsync();
        var (kept, erased, never) = (Mutations.Key(1), Mutations.Key(2), Mutations.Key(3));
        await store.AppendAsync([Mutations.Put(1, kept, "a"), Mutations.Put(2, erased, "gone")], default);
        await store.AppendAsync([Mutations.Put(3, kept, "b"), new ShardMutation { Seq = 4, At = Start, Writes = [RecordWrite.Erase(erased)] }], default);

        var read = await store.ReadAsync([never, kept, erased, kept], default);

        Assert.Equal([null, (3L, "b"), null, (3L, "b")], read.Select(one => one is { } record ? (record.Seq, Mutations.Text(record.Payload)) : ((long, string)?)null));
        Assert.Empty(await store.ReadAsync([], default));
    }

    [ContractFact]
    public async Task Read_OfAnEarlierOwner_IsFenced()
    {
        await using var earlier = await OpenAsync();
        await earlier.AppendAsync([Mutations.Put(1, Mutations.Key(1), "a")], default);
        await using var later = await OpenAsync();

        await Fenced(async () => await earlier.ReadAsync([Mutations.Key(1)], default));
        Assert.Single(await later.ReadAsync([Mutations.Key(1)], default));
    }

    [ContractFact]
    public async Task Append_OfNothing_ChangesNothing()
    {
        await using var store = await OpenAsync();

        await store.AppendAsync([], default);

        Assert.Equal(0, store.Seq);
    }

    [ContractFact]
    public async Task Append_MutationWithoutWrites_TakesItsNumber()
    {
        await using (var store = await OpenAsync())
            await store.AppendAsync([new ShardMutation { Seq = 1, At = Start }], default);

        await using var reopened = await OpenAsync();
        Assert.Equal(1, reopened.Seq);
    }

    [ContractTheory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(1L, 3L)]
    [InlineData(1L, 1L)]
    [InlineData(1L, 2L, 2L)]
    [InlineData(7L, 9L)]
    public async Task Append_OutOfSequence_IsRefusedWholeAndTheStoreGoesOn(params long[] seqs)
    {
        await using var store = await OpenAsync();

        await Refused(store, "out_of_sequence", [.. seqs.Select(seq => Mutations.Put(seq, Mutations.Key((int)seq + 5), "x"))]);

        await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "one")], default);
        Assert.Equal([Mutations.Key(1)], await KeysAfterReopening());
    }

    [ContractFact]
    public async Task Append_OfAnUnknownKind_IsTheCallersMistake()
    {
        await using var store = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(
            async () => await store.AppendAsync([new ShardMutation { Seq = 1, At = Start, Writes = [default] }], default));
    }

    [ContractFact]
    public async Task Append_CopiesWhatTheCallerMayReuse()
    {
        var payload = "kept"u8.ToArray();
        await using (var store = await OpenAsync())
        {
            await store.AppendAsync(
                [new ShardMutation { Seq = 1, At = Start, Writes = [RecordWrite.Put(Mutations.Key(1), payload)] }], default);
            payload.AsSpan().Clear();
        }

        await using var reopened = await OpenAsync();
        Assert.Equal("kept", Mutations.Text(Assert.Single(await StoreContent.Of(reopened).Records()).Value.Payload));
    }

    [ContractFact]
    public async Task LaterOwner_FencesTheEarlierOne()
    {
        await using var earlier = await OpenAsync();
        await earlier.AppendAsync([Mutations.Put(1, Mutations.Key(1), "one")], default);

        await using var later = await OpenAsync();

        Assert.True(later.Epoch > earlier.Epoch);
        Assert.Equal(1, later.Seq);
        Assert.False(await earlier.IsCurrentAsync(default));
        Assert.True(await later.IsCurrentAsync(default));
        await Fenced(async () => await earlier.AppendAsync([Mutations.Put(2, Mutations.Key(2), "two")], default));
        await Fenced(async () => await earlier.MaintainAsync(Start, default));
        await Fenced(async () => await StoreContent.Of(earlier).Records());
        await later.AppendAsync([Mutations.Put(2, Mutations.Key(3), "three")], default);
        Assert.Equal([Mutations.Key(1), Mutations.Key(3)], await KeysAfterReopening());
    }

    [ContractFact]
    public async Task ClosingAFencedHandle_LeavesTheOwnerAlone()
    {
        var earlier = await OpenAsync();
        await using var later = await OpenAsync();

        await earlier.DisposeAsync();

        Assert.True(await later.IsCurrentAsync(default));
        await later.AppendAsync([Mutations.Put(1, Mutations.Key(1), "one")], default);
    }

    [ContractFact]
    public async Task Epoch_GrowsWithEveryOpening_AcrossRestarts()
    {
        long last = 0;
        for (var i = 0; i < 5; i++)
        {
            await using (var store = await OpenAsync())
            {
                Assert.True(store.Epoch > last, $"Opening {i} took epoch {store.Epoch} after {last}.");
                last = store.Epoch;
            }

            await RestartAsync();
        }
    }

    [ContractFact]
    public async Task ErasedKey_IsRefusedForEver()
    {
        var key = Mutations.Key(1);
        await using (var store = await OpenAsync())
        {
            await store.AppendAsync([Mutations.Put(1, key, "secret"), Mutations.Erase(2, key)], default);
            await Refused(store, "tombstoned", Mutations.Put(3, Mutations.Key(2), "fine"), Mutations.Put(4, key, "again"));
            await store.MaintainAsync(Start, default);
            await Refused(store, "tombstoned", Mutations.Put(3, key, "again"));
            await store.AppendAsync([Mutations.Put(3, Mutations.Key(2), "two")], default);
        }

        await RestartAsync();

        await using (var reopened = await OpenAsync())
        {
            await Refused(reopened, "tombstoned", Mutations.Put(4, key, "again"));
            await reopened.MaintainAsync(Start, default);
        }

        await using var again = await OpenAsync();
        await Refused(again, "tombstoned", Mutations.Put(4, key, "again"));
        Assert.Equal([Mutations.Key(2)], (await StoreContent.Of(again).Records()).Keys);
    }

    [ContractFact]
    public async Task EraseThenPut_InOneAppend_IsRefusedWhole()
    {
        await using var store = await OpenAsync();
        var key = Mutations.Key(1);

        await Refused(store, "tombstoned", Mutations.Put(1, key, "x"), Mutations.Erase(2, key), Mutations.Put(3, key, "y"));
        await Refused(
            store,
            "tombstoned",
            new ShardMutation { Seq = 1, At = Start, Writes = [RecordWrite.Erase(key), Mutations.PutWrite(key, "y")] });

        await store.AppendAsync([Mutations.Put(1, key, "free")], default);
    }

    [ContractFact]
    public async Task PutThenErase_InOneMutation_LeavesOnlyTheTombstone()
    {
        var key = Mutations.Key(1);
        await using (var store = await OpenAsync())
        {
            await store.AppendAsync(
                [new ShardMutation { Seq = 1, At = Start, Writes = [Mutations.PutWrite(key, "x"), RecordWrite.Erase(key)] }], default);
        }

        await using var reopened = await OpenAsync();
        Assert.Empty(await StoreContent.Of(reopened).Records());
        await Refused(reopened, "tombstoned", Mutations.Put(2, key, "again"));
    }

    [ContractFact]
    public async Task DeletedKey_MayComeBack()
    {
        var key = Mutations.Key(1);
        await using (var store = await OpenAsync())
        {
            await store.AppendAsync([Mutations.Put(1, key, "first")], default);
            await store.AppendAsync([Mutations.Delete(2, key)], default);
        }

        await using (var reopened = await OpenAsync())
        {
            Assert.Empty(await StoreContent.Of(reopened).Records());
            await reopened.AppendAsync([Mutations.Put(3, key, "second")], default);
        }

        await using var again = await OpenAsync();
        Assert.Equal("second", Mutations.Text(Assert.Single(await StoreContent.Of(again).Records()).Value.Payload));
    }

    [ContractFact]
    public async Task DeleteAndErase_OfWhatIsNotThere_AreAccepted()
    {
        await using var store = await OpenAsync();

        await store.AppendAsync(
            [Mutations.Delete(1, Mutations.Key(1)), Mutations.Erase(2, Mutations.Key(2)), Mutations.Erase(3, Mutations.Key(2))], default);

        Assert.Equal(3, store.Seq);
        await Refused(store, "tombstoned", Mutations.Put(4, Mutations.Key(2), "x"));
    }

    [ContractFact]
    public async Task Operations_AreReadBackSinceATime()
    {
        await using (var store = await OpenAsync())
        {
            await store.AppendAsync(
                [Mutations.Operation(1, 1, Start, "first"), Mutations.Operation(2, 2, Start.AddHours(1), "second")], default);
        }

        await RestartAsync();

        await using var reopened = await OpenAsync();
        var all = await StoreContent.Of(reopened).Operations(Start);
        Assert.Equal([(Start, "first"), (Start.AddHours(1), "second")], all.Select(o => (o.At, Mutations.Text(o.Result))).Order());
        var later = Assert.Single(await StoreContent.Of(reopened).Operations(Start.AddMinutes(1)));
        Assert.Equal(Mutations.Key(2).Value, later.Key);
    }

    [ContractFact]
    public async Task Operation_RepeatedWithinItsLifetime_IsRefused()
    {
        await using var store = await OpenAsync();
        await store.AppendAsync([Mutations.Operation(1, 1, Start, "first")], default);

        await Refused(store, "operation_repeated", Mutations.Operation(2, 1, Start.AddHours(23), "second"));
        await Refused(store, "operation_repeated", Mutations.Operation(2, 2, Start, "a"), Mutations.Operation(3, 2, Start, "b"));

        await store.AppendAsync([Mutations.Operation(2, 1, Start.AddHours(25), "second")], default);
        await using var reopened = await OpenAsync();
        Assert.Equal("second", Mutations.Text(Assert.Single(await StoreContent.Of(reopened).Operations(Start)).Result));
    }

    [ContractFact]
    public async Task Maintenance_KeepsUnexpiredOperations()
    {
        await using (var store = await OpenAsync())
        {
            await store.AppendAsync(
                [Mutations.Operation(1, 1, Start, "old"), Mutations.Operation(2, 2, Start.AddHours(2), "young")], default);
            await store.MaintainAsync(Start.AddHours(1), default);
        }

        await using var reopened = await OpenAsync();
        var kept = await StoreContent.Of(reopened).Operations(Start.AddHours(1));
        Assert.Equal("young", Mutations.Text(Assert.Single(kept).Result));
    }

    [ContractFact]
    public async Task Mutation_IsWhole()
    {
        var keys = Enumerable.Range(1, 20).Select(Mutations.Key).ToArray();
        await using (var store = await OpenAsync())
        {
            await store.AppendAsync([Mutations.Put(1, keys[0], "gone soon"), Mutations.Put(2, keys[1], "gone for ever")], default);
            await store.AppendAsync(
                [
                    new ShardMutation
                    {
                        Seq = 3,
                        At = Start,
                        Writes =
                        [
                            RecordWrite.Delete(keys[0]), RecordWrite.Erase(keys[1]),
                            .. keys[2..].Select(key => Mutations.PutWrite(key, "new")),
                        ],
                        Operation = new OperationEntry(keys[0].Value, Start, "done"u8.ToArray()),
                    },
                ],
                default);
        }

        await using var reopened = await OpenAsync();
        var content = StoreContent.Of(reopened);
        var records = await content.Records();
        Assert.Equal(keys[2..].OrderBy(k => k.Value), records.Keys.OrderBy(k => k.Value));
        Assert.All(records.Values, r => Assert.Equal((3L, "new"), (r.Seq, Mutations.Text(r.Payload))));
        Assert.Single(await content.Operations(Start));
    }

    [ContractFact]
    public async Task Payload_OfOneMegabyte_IsKept()
    {
        var payload = new byte[1 << 20];
        new Random(7).NextBytes(payload);
        await using (var store = await OpenAsync())
        {
            await store.AppendAsync(
                [new ShardMutation { Seq = 1, At = Start, Writes = [RecordWrite.Put(Mutations.Key(1), payload)] }], default);
            await store.MaintainAsync(Start, default);
        }

        await using var reopened = await OpenAsync();
        Assert.Equal(payload, Assert.Single(await StoreContent.Of(reopened).Records()).Value.Payload.ToArray());
    }

    [ContractFact]
    public async Task ManyRecords_AreAllReadBack()
    {
        const int count = 5_000;
        await using (var store = await OpenAsync())
        {
            foreach (var batch in Enumerable.Range(1, count).Chunk(100))
                await store.AppendAsync([.. batch.Select(n => Mutations.Put(n, Mutations.Key(n), $"record {n}"))], default);
        }

        await using var reopened = await OpenAsync();
        var records = await StoreContent.Of(reopened).Records();
        Assert.Equal(count, records.Count);
        Assert.All(
            Enumerable.Range(1, count), n => Assert.Equal($"record {n}", Mutations.Text(records[Mutations.Key(n)].Payload)));
    }

    [ContractFact]
    public async Task Maintenance_KeepsEverythingAndAppendsGoOn()
    {
        await using (var store = await OpenAsync())
        {
            for (var seq = 1; seq <= 200; seq++)
                await store.AppendAsync([Mutations.Put(seq, Mutations.Key(seq % 10), $"v{seq}")], default);
            await store.MaintainAsync(Start, default);
            await store.MaintainAsync(Start, default);
            await store.AppendAsync([Mutations.Put(201, Mutations.Key(99), "after")], default);
            Assert.True(await store.IsCurrentAsync(default));
        }

        await RestartAsync();

        await using var reopened = await OpenAsync();
        Assert.Equal(201, reopened.Seq);
        var records = await StoreContent.Of(reopened).Records();
        Assert.Equal(11, records.Count);
        Assert.All(Enumerable.Range(191, 10), seq => Assert.Equal($"v{seq}", Mutations.Text(records[Mutations.Key(seq % 10)].Payload)));
        Assert.Equal(191, records[Mutations.Key(1)].Seq);
    }

    [ContractFact]
    public async Task IsCurrent_MayRunBesideAppends()
    {
        await using var store = await OpenAsync();
        for (var seq = 1; seq <= 50; seq++)
        {
            var append = store.AppendAsync([Mutations.Put(seq, Mutations.Key(seq), "x")], default).AsTask();
            var current = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.IsCurrentAsync(default).AsTask()));
            await append;
            Assert.All(current, Assert.True);
        }
    }

    [ContractFact]
    public async Task Stores_DoNotMix()
    {
        StoreId[] ids = [Id, Id with { Tenant = new TenantId("other") }, Id with { Name = "shard/blue/1" }];
        foreach (var (id, n) in ids.Select((id, n) => (id, n)))
        {
            await using var store = await Stores.OpenAsync(id, default);
            Assert.Equal(0, store.Seq);
            await store.AppendAsync([Mutations.Put(1, Mutations.Key(n), id.ToString())], default);
        }

        foreach (var id in ids)
        {
            await using var store = await Stores.OpenAsync(id, default);
            Assert.Equal(id.ToString(), Mutations.Text(Assert.Single(await StoreContent.Of(store).Records()).Value.Payload));
        }
    }

    [ContractFact]
    public async Task ClosedHandle_IsRefused()
    {
        var store = await OpenAsync();
        await store.DisposeAsync();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "x")], default));
    }

    [ContractFact]
    public async Task Cancelled_BeforeItBegins_ChangesNothing()
    {
        await using var store = await OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "x")], new CancellationToken(canceled: true)));

        await store.AppendAsync([Mutations.Put(1, Mutations.Key(2), "y")], default);
        Assert.Equal([Mutations.Key(2)], await KeysAfterReopening());
    }

    [ContractTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task RandomHistory_EqualsTheModel(int seed)
    {
        var model = new StoreModel(seed);
        for (var opening = 0; opening < 6; opening++)
        {
            await using (var store = await OpenAsync())
            {
                await model.CompareAsync(store);
                for (var append = 0; append < 25; append++)
                    await model.StepAsync(store);
            }

            if (opening % 2 == 1)
                await RestartAsync();
        }

        await using var last = await OpenAsync();
        await model.CompareAsync(last);
    }

    /// <summary>Stores over a medium of this test's own, empty at first.</summary>
    protected abstract ValueTask<IShardStores> CreateAsync();

    /// <summary>Other stores over the same medium, as after the end of a process; <see cref="CloseAsync"/> has run.</summary>
    protected abstract ValueTask<IShardStores> ReopenAsync();

    /// <summary>Ends what <see cref="CreateAsync"/> or <see cref="ReopenAsync"/> began.</summary>
    protected abstract ValueTask CloseAsync(IShardStores stores);

    protected ValueTask<IShardStore> OpenAsync() => Stores.OpenAsync(Id, default);

    protected async ValueTask RestartAsync()
    {
        await CloseAsync(Stores);
        _stores = await ReopenAsync();
    }

    protected static async Task Refused(IShardStore store, string code, params ShardMutation[] mutations)
    {
        var seq = store.Seq;
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () => await store.AppendAsync(mutations, default));
        Assert.Equal((MemoryFault.Conflict, code), (fault.Fault, fault.Code));
        Assert.Equal(seq, store.Seq);
    }

    protected static async Task Fenced(Func<Task> call)
    {
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(call);
        Assert.Equal((MemoryFault.ShardUnavailable, "shard_fenced"), (fault.Fault, fault.Code));
    }

    private async Task<IEnumerable<RecordKey>> KeysAfterReopening()
    {
        await using var store = await OpenAsync();
        return (await StoreContent.Of(store).Records()).Keys.OrderBy(key => key.Value);
    }
}
