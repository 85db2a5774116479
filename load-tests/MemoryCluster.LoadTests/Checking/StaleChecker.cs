using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Checking;

/// <summary>Whether what a page shows was in force when it was asked for: not replaced before, and with a text that somebody gave it.</summary>
internal static class StaleChecker
{
    public static IEnumerable<Violation> Check(History history, IReadOnlyDictionary<string, KeyFacts> facts)
    {
        foreach (var look in history.Looks)
        {
            foreach (var seen in look.Seen)
            {
                if (facts.TryGetValue(seen.Key, out var known) && Fault(look, seen, known) is { } what)
                    yield return new Violation(Rules.Stale, seen.Key, what);
            }
        }
    }

    private static string? Fault(Look look, Sighting seen, KeyFacts known)
    {
        var floor = known.FloorBefore(look.InvokedNs);
        return seen.Version < floor ? $"is shown by a {look.Kind} at version {seen.Version}, and {floor} was told before it began"
            : known.CreatedAt <= look.ReturnedNs && !known.MayRead(seen.Version, seen.Text, look.ReturnedNs)
                ? $"is shown by a {look.Kind} at version {seen.Version} with a text that it never had: \"{seen.Text}\""
                : null;
    }
}
