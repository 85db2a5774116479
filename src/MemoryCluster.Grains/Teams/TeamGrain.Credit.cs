using MemoryCluster.Grains.Shards;
using MemoryCluster.Grains.Tenants;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Grains.Teams;

internal sealed partial class TeamGrain
{
    // What the shard that splits an outcome cannot know by itself: what other teams' memories have shown there, and what leaving each out of the
    // run shows. Null where there is nothing of that to find, which is nearly always, and costs no call.
    private async Task<ImmutableArray<CreditBasis>?> FindBasisAsync(
        Caller caller, RecallOutcome outcome, TeamRecord team, DirectorySnapshot directory, CancellationToken cancellationToken)
    {
        var isReplayed = outcome.Run is not null && outcome.Used is not { Length: 1 };
        if (!isReplayed && !(outcome.Used is { Length: > 1 } named && named.Any(id => id.TeamNumber != team.Number)))
        {
            return null;
        }

        try
        {
            // the shard that remembers the recall tells what was found, so that nobody has memories replayed that he was not shown
            var hits = await GrainFactory.AskFirstShardAsync(
                directories, _tenant, team, shard => shard.FindHitsAsync(outcome.Recall, caller.Key, cancellationToken), cancellationToken);
            ImmutableArray<MemoryId> used = [.. (outcome.Used ?? hits ?? []).Distinct().Where(id => hits?.Contains(id) == true)];
            var records = used.Length > 1 ? await FindRecordsAsync(used, directory, cancellationToken) : [];
            var marginals = isReplayed && records.Length > 1 && records.Length == used.Length
                ? await Controller.CallAsync(owner => owner.CreditAsync(outcome.Run!.Value, records, caller, cancellationToken))
                : null;
            return [.. records.Select((memory, i) => new CreditBasis(memory.Id, memory.Utility, marginals?[i]))];
        }
        catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException)
        {
            // deliberately no failure: the outcome counts, split by what the shard knows by itself
            LogNoBasis(e, outcome.Recall);
            return null;
        }
    }

    private async Task<ImmutableArray<MemoryRecord>> FindRecordsAsync(
        ImmutableArray<MemoryId> used, DirectorySnapshot directory, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(
            from foreign in used.GroupBy(id => id.TeamNumber)
            let owner = directory.FindTeam(foreign.Key)
            where owner is not null
            select GrainFactory.AskShardsAsync(
                directories, _tenant, owner, shard => shard.FindRecordsAsync([.. foreign], cancellationToken), cancellationToken));
        var byId = found.SelectMany(answers => answers).SelectMany(records => records).ToDictionary(memory => memory.Id);
        return [.. used.Where(byId.ContainsKey).Select(id => byId[id])];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outcome of recall {Recall} is split without replay and without what other teams know.")]
    private partial void LogNoBasis(Exception exception, RecallId recall);
}
