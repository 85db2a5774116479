using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>What consolidation makes of memories goes with the first of them that is deleted, and is made once.</summary>
internal static class InsightRules
{
    public static IEnumerable<Violation> Check(History history)
    {
        var deletions = history.Of<DeleteCall>().Where(call => call.IsOk).Select(call => (call.Id, call.End))
            .Concat(history.Of<ForgetCall>().Where(call => call.IsOk).SelectMany(call => call.Deleted, (call, id) => (Id: id, call.End)))
            .ToLookup(deletion => deletion.Id, deletion => deletion.End);
        return history.Of<ReadCall>().Where(read => read.IsOk).SelectMany(read => Copies(read, deletions).Concat(Doubles(read)));
    }

    private static IEnumerable<Violation> Copies(ReadCall read, ILookup<MemoryId, long> deletions) =>
        from seen in read.Seen
        where seen.IsMade
        from source in seen.DerivedFrom
        where deletions[source].Any(end => end < read.Start)
        select new Violation(Rule.Resurrected, $"{read.How} at {read.Start} showed {seen}, made of {source}, which had been deleted.");

    // A page is of one moment: no memory is summed up in two insights on it.
    private static IEnumerable<Violation> Doubles(ReadCall read) => read.Seen
        .Where(seen => seen.IsMade)
        .SelectMany(seen => seen.DerivedFrom.Select(source => (Source: source, Seen: seen)))
        .GroupBy(pair => pair.Source)
        .Where(same => same.Count() > 1)
        .Select(same => new Violation(Rule.DuplicateEffect, $"{same.Key} was summed up in {string.Join(" and in ", same.Select(pair => pair.Seen))}."));
}
