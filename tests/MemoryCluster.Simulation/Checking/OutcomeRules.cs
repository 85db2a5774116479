using System.Globalization;
using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>An outcome counts once on each memory that it used, however often it is reported, and where it was acknowledged it counts.</summary>
internal static class OutcomeRules
{
    public static IEnumerable<Violation> Check(History history)
    {
        var outcomes = history.Of<OutcomeCall>()
            .SelectMany(call => call.Used.Distinct().Select(id => (Id: id, Call: call)))
            .ToLookup(used => used.Id, used => used.Call);
        return history.Of<ReadCall>().Where(read => read.IsOk)
            .SelectMany(read => read.Seen.SelectMany(seen => Check(read, seen, outcomes[seen.Id])));
    }

    private static IEnumerable<Violation> Check(ReadCall read, Sighting seen, IEnumerable<OutcomeCall> outcomes)
    {
        var most = outcomes.Where(call => call.Start <= read.End).Select(call => call.Recall).Distinct().Count();
        var least = outcomes.Where(call => call is { IsOk: true, IsKnown: true } && call.End <= read.Start).Select(call => call.Recall).Distinct().Count();
        if (seen.Uses > most)
        {
            yield return new Violation(Rule.DuplicateEffect, string.Create(
                CultureInfo.InvariantCulture, $"Memory {seen} counts {seen.Uses} uses, and {most} recalls were reported to have used it."));
        }

        if (seen.Uses < least)
        {
            yield return new Violation(Rule.Lost, string.Create(
                CultureInfo.InvariantCulture, $"Memory {seen} counts {seen.Uses} uses, and {least} were acknowledged."));
        }
    }
}
