using MemoryCluster.Grains.Controller;
using MemoryCluster.Grains.Diffusions;
using MemoryCluster.Grains.Shards;
using MemoryCluster.Grains.Tenants;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Grains.Teams;

/// <summary>What spans a team's shards.</summary>
internal sealed partial class TeamGrain(DirectoryCache directories, ILogger<TeamGrain> logger) : Grain, ITeamGrain
{
    // Passes that one request makes, and memories that each looks at: together what fits into the time of a call.
    private const int PassesMax = 16;
    private const int PassMemories = 256;

    // Runs that one append of a shard closes.
    private const int ClosedMax = 500;

    private TenantId _tenant;
    private TeamId _team;

    private IControllerGrain Controller => GrainFactory.GetGrain<IControllerGrain>(GrainKey.Of(_tenant, _team));

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _team) = GrainKey.ParseTeam(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<TeamView?> DescribeAsync(CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        if (!directory.Teams.TryGetValue(_team, out var team))
        {
            return null;
        }

        var statistics = await AskAllAsync(team, shard => shard.GetStatisticsAsync(directory.Version, cancellationToken), cancellationToken);
        return new TeamView(team, statistics is [var only] ? only : statistics.Aggregate((sum, next) => sum.Plus(next)));
    }

    public async Task<MemoryPage> ListAsync(Caller caller, MemoryListQuery query, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        var pages = await AskAllAsync(
            directory.Require(_team), shard => shard.ListAsync(query, caller, directory.Version, cancellationToken), cancellationToken);
        if (pages is [var only])
        {
            return only;
        }

        var all = pages.SelectMany(page => page.Items).OrderByDescending(memory => memory.Id).ToArray();
        return new MemoryPage([.. all.Take(query.Limit)], all.Length > query.Limit || pages.Any(page => page.HasMore));
    }

    public async Task<TimelinePage> ReadTimelineAsync(Caller caller, TimelineQuery query, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        var pages = await AskAllAsync(
            directory.Require(_team), shard => shard.ReadTimelineAsync(query, caller, directory.Version, cancellationToken), cancellationToken);
        if (pages is [var only])
        {
            return only;
        }

        // stable: a shard's nodes of one moment stay in their order
        var all = pages.SelectMany(page => page.Nodes).OrderBy(node => node.From).ToArray();
        return new TimelinePage([.. all.Take(query.Limit)], all.Length > query.Limit || pages.Any(page => page.HasMore));
    }

    public async Task<DeletionReceipt> ForgetAsync(Caller caller, ForgetCommand command, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        var team = directory.Require(_team);
        // The shards are told first that the runs are over: a controller that was frozen, or a message that was late, may still bring what they
        // taught. Then the runs go, and then the memories.
        await CloseRunsAsync(team, await Controller.CallAsync(owner => owner.FindRunsAsync(command, caller, cancellationToken)), cancellationToken);
        var runs = await Controller.CallAsync(owner => owner.ForgetRunsAsync(command, caller, cancellationToken));
        var receipts = await ForgetMemoriesAsync(team, command, caller, directory.Version, runs, cancellationToken);
        ImmutableArray<MemoryId> deleted = [.. receipts.SelectMany(receipt => receipt.Deleted)];
        await DeletedSources.TellAsync(GrainFactory, _tenant, _team, deleted, cancellationToken);
        await GrainFactory.RecheckCopiesAsync(_tenant, team, deleted, logger, cancellationToken);
        return new DeletionReceipt
        {
            Deleted = deleted,
            Derived = receipts.Sum(receipt => receipt.Derived),
            Seq = receipts.Max(receipt => receipt.Seq),
            At = receipts.Max(receipt => receipt.At),
        };
    }

    private async Task CloseRunsAsync(TeamRecord team, ImmutableArray<RunId> runs, CancellationToken cancellationToken)
    {
        foreach (var some in runs.Chunk(ClosedMax))
        {
            await AskAllAsync(team, shard => CloseAsync(shard, [.. some]), cancellationToken);
        }

        async Task<bool> CloseAsync(IShardGrain shard, ImmutableArray<RunId> some)
        {
            await shard.CloseRunsAsync(some, cancellationToken);
            return true;
        }
    }

    // What runs there were is gone: that a shard did nothing is then not the whole truth.
    private async Task<DeletionReceipt[]> ForgetMemoriesAsync(
        TeamRecord team, ForgetCommand command, Caller caller, long directoryVersion, int runs, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAllAsync(team, shard => shard.ForgetAsync(command, caller, directoryVersion, cancellationToken), cancellationToken);
        }
        catch (MemoryClusterException e) when (runs > 0)
        {
            throw new MemoryClusterException(
                MemoryFault.OutcomeUnknown, $"{runs} runs are erased, and the memories may not be: {e.Message} Repeat the request.", e);
        }
    }

    public async Task<bool> RecordOutcomeAsync(Caller caller, RecallOutcome outcome, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        if (!directory.Teams.TryGetValue(_team, out var team))
        {
            return false;
        }

        var known = outcome with { Basis = await FindBasisAsync(caller, outcome, team, directory, cancellationToken) };
        var elsewhere = await GrainFactory.AskFirstShardAsync(
            directories, _tenant, team, shard => shard.RecordOutcomeAsync(known, caller.Key, cancellationToken), cancellationToken);
        if (elsewhere is not { } credits)
        {
            return false;
        }

        // The shard that noted the recall has counted its own part, and counts no recall twice.
        await Task.WhenAll(
            from foreign in credits.GroupBy(credit => credit.Id.TeamNumber)
            let owner = directory.FindTeam(foreign.Key)
            where owner is not null
            select GrainFactory.AskShardsAsync(directories, _tenant, owner, shard => CreditAsync(shard, [.. foreign]), cancellationToken));
        return true;

        async Task<bool> CreditAsync(IShardGrain shard, ImmutableArray<MemoryCredit> some)
        {
            await shard.CreditAsync(outcome.Recall, some, cancellationToken);
            return true;
        }
    }

    public async Task<ConsolidationReport> ConsolidateAsync(CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        var reports = await AskAllAsync(directory.Require(_team), shard => ConsolidateAsync(shard, cancellationToken), cancellationToken);
        return reports.Aggregate((sum, next) => sum.Plus(next));
    }

    public async Task<ConsolidationPage> ListConsolidationsAsync(ConsolidationPlace? before, int limit, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        var pages = await AskAllAsync(
            directory.Require(_team), shard => shard.ListConsolidationsAsync(before, limit, cancellationToken), cancellationToken);
        if (pages is [var only])
        {
            return only;
        }

        var all = pages.SelectMany(page => page.Items).DistinctBy(entry => entry.Step.Id).OrderByDescending(entry => entry.Place).ToArray();
        return new ConsolidationPage([.. all.Take(limit)], all.Length > limit || pages.Any(page => page.HasMore));
    }

    public async Task<ConsolidationStep?> UndoConsolidationAsync(ConsolidationId id, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        var undone = await AskAllAsync(
            directory.Require(_team), shard => shard.UndoConsolidationAsync(id, cancellationToken), cancellationToken);
        return undone.FirstOrDefault(step => step is not null);
    }

    private static async Task<ConsolidationReport> ConsolidateAsync(IShardGrain shard, CancellationToken cancellationToken)
    {
        var report = new ConsolidationReport();
        for (var pass = 0; pass < PassesMax && (pass == 0 || report.Remaining > 0); pass++)
        {
            report = (report with { Remaining = 0 }).Plus(await shard.ConsolidateAsync(PassMemories, cancellationToken));
        }

        return report;
    }

    private Task<T[]> AskAllAsync<T>(TeamRecord team, Func<IShardGrain, Task<T>> ask, CancellationToken cancellationToken) =>
        GrainFactory.AskShardsAsync(directories, _tenant, team, ask, cancellationToken);
}
