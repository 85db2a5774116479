using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>All rules on one history.</summary>
internal static class HistoryRules
{
    public static ImmutableArray<Violation> Check(History history) =>
    [
        .. Faults(history),
        .. LifeRules.Check(Life.Of(history)),
        .. IdempotencyRules.Check(history),
        .. AccessRules.Check(history),
        .. OutcomeRules.Check(history),
        .. Archived(history),
        .. InsightRules.Check(history),
        .. TimelineRules.Check(history),
        .. RunRules.Check(history.Runs),
        .. ReplayRules.Check(history.Runs),
        .. CopyRules.Check(history),
    ];

    // The operator alone asks for the archived.
    private static IEnumerable<Violation> Archived(History history) => history.Of<ReadCall>()
        .Where(call => call.How == "recall" && !call.Caller.IsOperator)
        .SelectMany(call => call.Seen.Where(seen => seen.IsArchived))
        .Select(seen => new Violation(Rule.Archived, $"Memory {seen} is archived and was recalled."));

    private static IEnumerable<Violation> Faults(History history) => history.Calls
        .Where(call => call.Outcome == Outcome.Unexpected)
        .Select(call => new Violation(Rule.UnexpectedFault, $"{call.GetType().Name} by client {call.Client} at {call.Start} ended with {call.Fault}."));
}
