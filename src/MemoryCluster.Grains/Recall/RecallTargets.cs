using MemoryCluster.Grains.Tenants;

namespace MemoryCluster.Grains.Recall;

/// <summary>The shards that a recall asks.</summary>
/// <param name="Own">The asking team's, in order of partition.</param>
/// <param name="Foreign">Those of other teams that share.</param>
/// <param name="LeftOut">Whether teams that share were too many to ask.</param>
internal sealed record RecallTargets(ImmutableArray<ShardId> Own, ImmutableArray<ShardId> Foreign, bool LeftOut)
{
    /// <summary>The own team first; then, where what is shared is asked for, the teams of its domain, then the others, by id.</summary>
    public static RecallTargets Of(RecallQuery query, TeamRecord team, DirectorySnapshot directory, int foreignTeamsMax)
    {
        var tenant = query.Caller.Tenant;
        var own = team.ShardsIn(tenant);
        if (!query.Scopes.HasFlag(RecallScopes.Shared))
        {
            return new RecallTargets(own, [], LeftOut: false);
        }

        var sharing = directory.Teams.Values
            .Where(other => other.Sharing && other.Id != team.Id)
            .OrderByDescending(other => other.Domain == team.Domain)
            .ThenBy(other => other.Id.Value, StringComparer.Ordinal)
            .ToArray();
        return new RecallTargets(
            own, [.. sharing.Take(foreignTeamsMax).SelectMany(other => other.ShardsIn(tenant))], sharing.Length > foreignTeamsMax);
    }
}
