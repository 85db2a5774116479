using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Checking;

/// <summary>
/// Whether pages show each memory that is there, once, and none that is not: lost, phantom, resurrected, duplicate (the set checker of Jepsen,
/// for sets that members leave).
/// </summary>
internal static class SetChecker
{
    public static IEnumerable<Violation> Check(History history, IReadOnlyDictionary<string, KeyFacts> facts)
    {
        var teams = history.Operations.Select(operation => (operation.Team, operation.Key)).Distinct().ToLookup(known => known.Team, known => known.Key);
        return Duplicates(history)
            .Concat(history.Looks.SelectMany(look => Strangers(look, facts)))
            .Concat(history.Looks.Where(look => look.Kind == LookKind.List && !look.IsPartial).SelectMany(list => Missing(list, teams[list.Team], facts)))
            .Concat(history.Looks.Where(look => look is { Wanted: not null, IsPartial: false }).SelectMany(recall => NotRecalled(recall, facts)));
    }

    /// <summary>A memory has one id: two of them are two memories that one request made.</summary>
    private static IEnumerable<Violation> Duplicates(History history)
    {
        var told = history.Operations.Where(operation => operation.Id is not null).Select(operation => (operation.Key, Id: operation.Id!));
        var shown = history.Looks.SelectMany(look => look.Seen).Select(seen => (seen.Key, seen.Id));
        return told.Concat(shown).Distinct().GroupBy(known => known.Key, known => known.Id).Where(ids => ids.Count() > 1)
            .Select(ids => new Violation(Rules.Duplicate, ids.Key, $"is there as {string.Join(" and ", ids)}"))
            .Concat(history.Looks.SelectMany(Repeated));
    }

    private static IEnumerable<Violation> Repeated(Look look) => look.Seen.GroupBy(seen => seen.Id).Where(same => same.Count() > 1)
        .Select(same => new Violation(Rules.Duplicate, same.First().Key, $"{same.Key} stands {same.Count()} times in one {look.Kind}"));

    private static IEnumerable<Violation> Strangers(Look look, IReadOnlyDictionary<string, KeyFacts> facts)
    {
        foreach (var seen in look.Seen)
        {
            if (!facts.TryGetValue(seen.Key, out var known) || known.CreatedAt > look.ReturnedNs)
                yield return new Violation(Rules.Phantom, seen.Key, $"is shown by a {look.Kind} and nobody wrote it");
            else if (known.IsDeletedBefore(look.InvokedNs))
                yield return new Violation(Rules.Resurrected, seen.Key, $"is shown by a {look.Kind} that began after its deletion was acknowledged");
        }
    }

    private static IEnumerable<Violation> Missing(Look list, IEnumerable<string> keys, IReadOnlyDictionary<string, KeyFacts> facts)
    {
        var seen = list.Seen.Select(sighting => sighting.Key).ToHashSet();
        return keys.Where(key => !seen.Contains(key) && facts[key].KnownAt < list.InvokedNs && facts[key].DeletionBegunAt > list.ReturnedNs)
            .Select(key => new Violation(Rules.Lost, key, "is not listed, and nobody deleted it"));
    }

    private static IEnumerable<Violation> NotRecalled(Look recall, IReadOnlyDictionary<string, KeyFacts> facts)
    {
        if (facts.TryGetValue(recall.Wanted!, out var known) && known.KnownAt < recall.InvokedNs && known.DeletionBegunAt > recall.ReturnedNs
            && known.IsAtRest(recall.InvokedNs, recall.ReturnedNs) && recall.MinSeq >= known.SeqBefore(recall.InvokedNs)
            && !recall.Seen.Any(seen => seen.Key == recall.Wanted))
        {
            yield return new Violation(Rules.Lost, recall.Wanted!, "is not recalled by its own text, and nobody deleted it");
        }
    }
}
