using MemoryCluster.Sharding;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;
using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Shards;

public sealed class ShardSplitTests : IAsyncLifetime
{
    private const uint Middle = 0x8000_0000;

    private readonly InMemoryShardStores _stores = new();
    private readonly Dictionary<int, ShardEngine> _halves = [];
    private ShardHarness _source = null!;

    private static AgentId Ada { get; } = new("ada");

    private static AgentId Ben { get; } = new("ben");

    public async Task InitializeAsync()
    {
        _source = await ShardHarness.StartAsync(_stores);
        foreach (var partition in new[] { 1, 2 })
        {
            _halves[partition] = await OpenAsync(partition);
        }
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        foreach (var half in _halves.Values)
        {
            await half.DisposeAsync();
        }
    }

    [Fact]
    public async Task EveryMemory_IsInOneOfTheTwo_WhereItsPlacementIs()
    {
        var written = await RememberManyAsync(600);

        Assert.True(await SplitAsync());

        foreach (var result in written)
        {
            var (lower, upper) = (await GetAsync(1, result.Id), await GetAsync(2, result.Id));
            var memory = lower ?? upper;
            Assert.NotNull(memory);
            Assert.True(lower is null || upper is null);
            Assert.Equal(PlacementHash.Of(memory) >= Middle, upper is not null);
        }

        Assert.InRange(_halves[1].Count, 200, 400);
    }

    [Fact]
    public async Task Source_RefusesEverythingAfterwards()
    {
        var written = await _source.RememberAsync("The oven runs on gas");

        await SplitAsync();

        Assert.True(_source.Engine.HasFailed);
        Assert.Equal(PartitionFaults.Split, (await FaultOfAsync(() => _source.GetAsync(written.Id))).Code);
        Assert.Equal(PartitionFaults.Split, (await FaultOfAsync(() => _source.RememberAsync("Too late"))).Code);
    }

    [Fact]
    public async Task Sequence_GoesOnAboveTheSources()
    {
        await RememberManyAsync(20);
        var before = _source.Engine.Seq;

        await SplitAsync();

        Assert.All(_halves.Values, half => Assert.True(half.Seq > before));
        var later = await _halves[1].RememberAsync(Command("Said afterwards"), default);
        Assert.True(later.Seq > before);
    }

    [Fact]
    public async Task WhatIsWrittenMeanwhile_IsHandedOverAsItIsAtTheEnd()
    {
        var written = await RememberManyAsync(800);
        RememberResult? said = null;
        var disturbed = false;

        await SplitAsync(beforePart: async () =>
        {
            if (!disturbed)
            {
                disturbed = true;
                await _source.Engine.DeleteAsync(new DeleteCommand(written[0].Id, false, null), Everything, default);
                await _source.Engine.DeleteAsync(new DeleteCommand(written[^1].Id, false, null), Everything, default);
                await PatchAsync(written[1].Id, "changed early");
                await PatchAsync(written[^2].Id, "changed late");
                said = await _source.RememberAsync("said meanwhile");
            }
        });

        Assert.Null(await FindAsync(written[0].Id));
        Assert.Null(await FindAsync(written[^1].Id));
        Assert.Equal(("changed early", 2), await FindAsync(written[1].Id) is { } one ? (one.Text, one.Version) : default);
        Assert.Equal(("changed late", 2), await FindAsync(written[^2].Id) is { } other ? (other.Text, other.Version) : default);
        Assert.Equal("said meanwhile", (await FindAsync(said!.Id))?.Text);
        Assert.Equal(799, _halves.Values.Sum(half => half.Count));
    }

    [Fact]
    public async Task WhatIsHandedOver_IsDurable()
    {
        var written = await RememberManyAsync(300);
        var recall = RecallId.New(_source.Clock.GetUtcNow(), 1, 7);
        _source.Engine.NoteRecall(new RecallNote(recall, Key, [written[5].Id]));
        await _source.Engine.RecordOutcomeAsync(new RecallOutcome { Recall = recall, Reward = 1 }, Key, default);
        await PatchAsync(written[6].Id, "changed after it was counted");

        await SplitAsync();
        await ReopenHalvesAsync();

        Assert.Equal(300, _halves.Values.Sum(half => half.Count));
        Assert.Equal(1, (await FindAsync(written[5].Id))!.Utility.Uses);
        Assert.Equal("changed after it was counted", (await FindAsync(written[6].Id))!.Text);
    }

    [Fact]
    public async Task MergedMemories_GoTogether_AndCanBeUndone()
    {
        for (var i = 0; i < 40; i++)
        {
            await _source.RememberAsync($"Server {i} restarts on Mondays", agent: Ada);
            await _source.RememberAsync($"server {i} restarts on Mondays.", agent: Ben);
        }

        var merged = (await _source.ConsolidateAsync()).Steps;
        Assert.NotEmpty(merged);

        await SplitAsync();

        foreach (var step in merged)
        {
            Assert.Single(new[] { await _halves[1].UndoAsync(step.Id, default), await _halves[2].UndoAsync(step.Id, default) }, undone => undone is not null);
        }
    }

    [Fact]
    public async Task AnsweredRequest_IsAnsweredAgain_WhereverItGoes()
    {
        var operation = new OperationId(new Guid(1, 2, 3, new byte[8]), new Guid(4, 5, 6, new byte[8]));
        var written = await _source.RememberAsync("The key is under the mat", operation: operation);

        await SplitAsync();

        var command = Command("The key is under the mat", operation: operation);
        Assert.Equal(RememberClaim.Operation, Assert.Single(await _halves[1].ClaimAsync([command], default)));
        Assert.Equal(written, await _halves[1].RememberAsync(command, default));
        Assert.Equal(written, await _halves[2].RememberAsync(command, default));
    }

    [Fact]
    public async Task Duplicate_IsClaimedByTheHalfThatHasIt()
    {
        var written = await _source.RememberAsync("The key is under the mat");
        await SplitAsync();

        var claims = new[]
        {
            Assert.Single(await _halves[1].ClaimAsync([Command("the key is under the mat")], default)),
            Assert.Single(await _halves[2].ClaimAsync([Command("the key is under the mat")], default)),
        };

        var isLower = await GetAsync(1, written.Id) is not null;
        Assert.Equal(isLower ? RememberClaim.Duplicate : RememberClaim.None, claims[0]);
        Assert.Equal(isLower ? RememberClaim.None : RememberClaim.Duplicate, claims[1]);
    }

    [Fact]
    public async Task DeletedMemory_IsRefusedByBothForEver()
    {
        var written = await _source.RememberAsync("The pin is four digits");
        await _source.Engine.DeleteAsync(new DeleteCommand(written.Id, false, null), Everything, default);

        await SplitAsync();

        foreach (var partition in new[] { 1, 2 })
        {
            await using var store = await _stores.OpenAsync(StoreId.For(new ShardId(Tenant, Team, partition)), default);
            Assert.Contains(new RecordKey(written.Id.Value), await store.ReadErasedAsync(default));
        }
    }

    [Fact]
    public async Task PartThatComesAgainLate_ChangesNothing()
    {
        var written = await RememberManyAsync(600);
        var first = new List<(int Partition, PartitionTransfer Part)>();
        await SplitAsync(onPart: (partition, part) => first.Add((partition, part)), beforePart: async () =>
        {
            if (first.Count == 2)
            {
                await PatchAsync(written[0].Id, "changed since");
            }
        });

        foreach (var (partition, part) in first)
        {
            await _halves[partition].AdoptAsync(part, default);
        }

        Assert.Equal("changed since", (await FindAsync(written[0].Id))!.Text);
    }

    [Fact]
    public async Task NewOwnerOfAHalf_RefusesTheRest_AndTheSourceGoesOn()
    {
        var written = await RememberManyAsync(600);
        var parts = 0;

        var fault = await FaultOfAsync(() => SplitAsync(beforePart: async () =>
        {
            if (++parts == 3)
            {
                _halves[1] = await OpenAsync(1);
            }
        }));

        Assert.Equal("transfer_refused", fault.Code);
        Assert.NotNull(await _source.GetAsync(written[0].Id));
        Assert.Equal(Decision.Admitted, (await _source.RememberAsync("And goes on")).Decision);
    }

    [Fact]
    public async Task SplitThatWasReplaced_LeavesTheSourceServing()
    {
        var written = await _source.RememberAsync("The oven runs on gas");

        Assert.False(await SplitAsync(complete: () => Task.FromResult(false)));

        Assert.NotNull(await _source.GetAsync(written.Id));
        Assert.False(_source.Engine.HasFailed);
    }

    [Fact]
    public async Task SplitOfUnknownOutcome_EndsTheOwner_ForTheNextOneToLook()
    {
        var written = await _source.RememberAsync("The oven runs on gas");

        await Assert.ThrowsAsync<TimeoutException>(() => SplitAsync(complete: () => throw new TimeoutException("Late.")));

        Assert.True(_source.Engine.HasFailed);
        Assert.Equal(MemoryFault.ShardUnavailable, (await FaultOfAsync(() => _source.GetAsync(written.Id))).Fault);
    }

    [Fact]
    public async Task ReadsWait_WhileItIsBeingCompleted()
    {
        var written = await _source.RememberAsync("The oven runs on gas");
        Task<MemoryRecord?>? reading = null;

        await SplitAsync(complete: () =>
        {
            reading = _source.GetAsync(written.Id);
            Assert.False(reading.IsCompleted);
            return Task.FromResult(true);
        });

        Assert.Equal(PartitionFaults.Split, (await FaultOfAsync(() => reading!)).Code);
    }

    private async Task<List<RememberResult>> RememberManyAsync(int count)
    {
        var results = new List<RememberResult>();
        for (var i = 0; i < count; i++)
        {
            var source = new SourceRef { Session = $"s{i / 2}", Turn = $"{i}" };
            results.Add(await _source.RememberAsync($"Note {i} of shelf {i * 7}", source: source));
        }

        return results;
    }

    private async Task<bool> SplitAsync(
        Func<Task>? beforePart = null, Func<Task<bool>>? complete = null, Action<int, PartitionTransfer>? onPart = null)
    {
        var split = new PartitionSplit(0, 1, 2, Middle, _source.Engine.Epoch);
        var isDone = await _source.Engine.SplitAsync(
            new ShardId(Tenant, Team, 0),
            split,
            async (partition, part) =>
            {
                await (beforePart?.Invoke() ?? Task.CompletedTask);
                onPart?.Invoke(partition, part);
                return await _halves[partition].AdoptAsync(part, default);
            },
            complete ?? (() => Task.FromResult(true)),
            default);
        foreach (var half in _halves.Values)
        {
            half.BeginServing();
        }

        return isDone;
    }

    private async Task ReopenHalvesAsync()
    {
        foreach (var partition in _halves.Keys.ToArray())
        {
            _halves[partition] = await OpenAsync(partition);
        }
    }

    private Task<ShardEngine> OpenAsync(int partition) => ShardEngine.OpenAsync(
        new ShardEngineOptions { Shard = new ShardId(Tenant, Team, partition), TeamNumber = 7, Model = Model },
        _stores, _source.Clock, new Random(partition), default);

    private Task<MemoryRecord> PatchAsync(MemoryId id, string text) => _source.Engine.PatchAsync(
        new PatchCommand { Id = id, IfVersion = 1, Text = text, Embedding = Embed(text) }, Everything, default);

    private Task<MemoryRecord?> GetAsync(int partition, MemoryId id) => _halves[partition].GetAsync(id, Everything, default);

    private async Task<MemoryRecord?> FindAsync(MemoryId id) => await GetAsync(1, id) ?? await GetAsync(2, id);

    private static Task<MemoryClusterException> FaultOfAsync(Func<Task> call) => Assert.ThrowsAsync<MemoryClusterException>(call);
}
