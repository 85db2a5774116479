using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>Nobody is shown what the pure model allows at no moment of the call.</summary>
internal static class AccessRules
{
    public static IEnumerable<Violation> Check(History history)
    {
        var times = new EdgeTimes(history);
        foreach (var read in history.Of<ReadCall>().Where(read => read.IsOk && !read.Seen.IsEmpty && !read.Caller.IsOperator))
        {
            var possible = times.PossibleWithin(read.Start, read.End).ToList();
            foreach (var seen in read.Seen.Where(seen => !possible.Any(edges => AccessModel.Allows(read.Caller, seen, edges, history.Members))))
            {
                yield return new Violation(
                    Rule.Access, $"{read.How} by {read.Caller.Team}/{read.Caller.Agent} for {read.Caller.User} at {read.Start}..{read.End} showed {seen}.");
            }
        }
    }
}
