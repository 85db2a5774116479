using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>
/// When all is quiet every copy that is left has a source that is there and shared, a team holds one copy of a source, and one of what one other
/// team says in the same words.
/// </summary>
internal static class CopyRules
{
    public static IEnumerable<Violation> Check(History history)
    {
        var looks = history.Of<ReadCall>().Where(read => read is { IsFinal: true, IsOk: true }).ToArray();
        // A list passes over a source that another memory stands for; asked for by its id it is there.
        var byId = looks.SelectMany(read => read.Seen).ToLookup(seen => seen.Id);
        var copies = looks.Where(read => read.How == "list").SelectMany(read => read.Seen).Where(seen => seen.CopyOf is not null).ToArray();
        return copies.SelectMany(copy => Orphans(copy, byId))
            .Concat(copies.GroupBy(copy => (copy.CopyOf, copy.Origin.Team)).SelectMany(Twins))
            .Concat(copies.GroupBy(copy => (copy.FirstText, copy.Origin.Team)).SelectMany(Twins));
    }

    private static IEnumerable<Violation> Orphans(Sighting copy, ILookup<MemoryId, Sighting> left)
    {
        if (!left[copy.CopyOf!.Value].Any(source => source.Wording.Visibility == Visibility.Shared))
        {
            yield return new Violation(Rule.Resurrected, $"Copy {copy} has outlived its source {copy.CopyOf}.");
        }
    }

    // There are two teams, so what a team received is all from the other one.
    private static IEnumerable<Violation> Twins(IEnumerable<Sighting> same)
    {
        if (same.ToArray() is { Length: > 1 } twins)
        {
            yield return new Violation(Rule.DuplicateEffect, $"These are copies of one thing: {string.Join<Sighting>(" | ", twins)}.");
        }
    }
}
