using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>All rules on one history.</summary>
internal static class HistoryRules
{
    public static ImmutableArray<Violation> Check(History history) =>
    [
        .. Faults(history),
        .. Answers(history),
        .. LifeRules.Check(Life.Of(history)),
        .. IdempotencyRules.Check(history),
        .. AccessRules.Check(history),
    ];

    private static IEnumerable<Violation> Faults(History history) => history.Calls
        .Where(call => call.Outcome == Outcome.Unexpected)
        .Select(call => new Violation(Rule.UnexpectedFault, $"{call.GetType().Name} by client {call.Client} at {call.Start} ended with {call.Fault}."));

    // An acknowledged change is the one that was asked for, one version further.
    private static IEnumerable<Violation> Answers(History history) => history.Of<PatchCall>()
        .Where(call => call.Answer is { } answer
            && (answer.Version != call.IfVersion + 1
                || (call.Text is { } text && text != answer.Wording.Text)
                || (call.Visibility is { } visibility && visibility != answer.Wording.Visibility)))
        .Select(call => new Violation(Rule.History, $"A change of {call.Id} from v{call.IfVersion} was answered with {call.Answer}."));
}
