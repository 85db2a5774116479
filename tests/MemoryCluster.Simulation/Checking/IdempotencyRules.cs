using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>A key answers equal requests alike, and no other request at all.</summary>
internal static class IdempotencyRules
{
    private const string Mismatch = "idempotency_mismatch";

    public static IEnumerable<Violation> Check(History history) =>
        history.Of<RememberCall>().Where(call => call.Key is not null).GroupBy(call => call.Key!.Value).SelectMany(calls => Check(calls.Key, [.. calls]));

    private static IEnumerable<Violation> Check(Guid key, ImmutableArray<RememberCall> calls)
    {
        var answers = calls.Where(call => call.IsOk).ToList();
        if (answers.Select(call => call.Answer).Distinct().Count() > 1)
        {
            yield return new Violation(Rule.Idempotency, $"Key {key} was answered in different ways: {string.Join(" | ", answers.Select(call => call.Answer))}.");
        }

        if (answers.Select(BodyOf).Distinct().Count() > 1)
        {
            yield return new Violation(Rule.Idempotency, $"Key {key} was answered for different requests: {string.Join(" | ", answers.Select(BodyOf))}.");
        }

        foreach (var refused in calls.Where(call => call.Fault == Mismatch && !calls.Any(other => BodyOf(other) != BodyOf(call) && other.Start <= call.End)))
        {
            yield return new Violation(Rule.Idempotency, $"Key {key} was refused for another request, and there was none: {refused}.");
        }

        foreach (var refused in calls.Where(call => call.Fault == Mismatch && answers.Any(answer => BodyOf(answer) == BodyOf(call))))
        {
            yield return new Violation(Rule.Idempotency, $"Key {key} was both answered and refused for one request: {refused}.");
        }
    }

    private static (Wording, Origin) BodyOf(RememberCall call) => (call.Wording, call.Origin);
}
