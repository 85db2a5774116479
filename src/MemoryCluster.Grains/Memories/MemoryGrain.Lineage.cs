using MemoryCluster.Grains.Shards;
using MemoryCluster.Grains.Tenants;

namespace MemoryCluster.Grains.Memories;

internal sealed partial class MemoryGrain
{
    // Memories told of each side, a call to a shard for each; what has more is an insight of hundreds, or one copied into hundreds of teams.
    private const int LinksMax = 100;

    public async Task<MemoryLineage?> GetLineageAsync(MemoryId id, Caller caller, CancellationToken cancellationToken)
    {
        if (await GetAsync(id, caller, cancellationToken) is not { } memory)
        {
            return null;
        }

        var from = FromOf(memory).ToArray();
        var became = await BecameOfAsync(memory, cancellationToken);
        return new MemoryLineage
        {
            Memory = memory,
            From = await SeenAsync(from, caller, cancellationToken),
            Became = await SeenAsync(became, caller, cancellationToken),
            HasMore = from.Length > LinksMax || became.Count > LinksMax,
        };
    }

    private static IEnumerable<(LineageRelation Relation, MemoryId Id)> FromOf(MemoryRecord memory)
    {
        var made = memory.Diffusion is null ? LineageRelation.DerivedFrom : LineageRelation.CopyOf;
        var standing = memory.Standing ?? new MemoryStanding();
        // what an insight was made of stands behind it as well, and is told once
        return memory.Provenance.DerivedFrom.Select(id => (made, id))
            .Concat(standing.Merged.Except(memory.Provenance.DerivedFrom).Select(id => (LineageRelation.Merged, id)))
            .Concat(standing.Superseded.Select(id => (LineageRelation.Supersedes, id)));
    }

    private async Task<List<(LineageRelation Relation, MemoryId Id)>> BecameOfAsync(MemoryRecord memory, CancellationToken cancellationToken)
    {
        var became = new List<(LineageRelation, MemoryId)>();
        if (memory.Consolidation is { } mark)
        {
            became.Add((mark.Reason == ConsolidationReason.Superseded ? LineageRelation.SupersededBy : LineageRelation.MergedInto, mark.By));
        }

        var directory = await directories.GetAsync(Tenant, cancellationToken);
        if (directory.FindTeam(memory.Id.TeamNumber) is not { } team)
        {
            return became;
        }

        var derived = await GrainFactory.AskShardsAsync(
            directories, Tenant, team, shard => shard.FindDerivedAsync(memory.Id, LinksMax + 1, cancellationToken), cancellationToken);
        became.AddRange(derived.SelectMany(ids => ids).Where(id => id != memory.Consolidation?.By).Select(id => (LineageRelation.Derived, id)));
        if (team.Sharing)
        {
            var copies = await GrainFactory.GetGrain<IDiffusionGrain>(GrainKey.Of(Tenant, team.Id)).FindCopiesAsync(memory.Id, cancellationToken);
            became.AddRange(copies.Select(id => (LineageRelation.Copy, id)));
        }

        return became;
    }

    // Who may see a memory learns nothing by it of those that he may not see, not even that there are some.
    private async Task<ImmutableArray<LineageLink>> SeenAsync(
        IEnumerable<(LineageRelation Relation, MemoryId Id)> links, Caller caller, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(links.Take(LinksMax).Select(async link => (link.Relation, Memory: await GetAsync(link.Id, caller, cancellationToken))));
        return
        [
            .. found.Where(link => link.Memory is not null)
                .Select(link => new LineageLink(link.Relation, link.Memory! with { Revisions = [], Evidence = [] })),
        ];
    }
}
