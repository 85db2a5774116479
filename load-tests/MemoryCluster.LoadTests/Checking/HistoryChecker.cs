using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Checking;

/// <summary>All checkers on one history.</summary>
internal static class HistoryChecker
{
    private const int OperationsDescribedMax = 40;

    public static HistoryVerdict Check(History history, LinearizabilityChecker? linearizability = null)
    {
        linearizability ??= new LinearizabilityChecker();
        var keys = history.Operations.GroupBy(operation => operation.Key).ToDictionary(key => key.Key, key => key.ToArray(), StringComparer.Ordinal);
        var searched = keys.Select(key => (key.Key, Operations: key.Value, Result: linearizability.Check(key.Value))).ToList();
        var facts = keys.ToDictionary(key => key.Key, key => new KeyFacts(key.Value), StringComparer.Ordinal);
        return new HistoryVerdict
        {
            Violations =
            [
                .. searched.Where(key => key.Result == Linearizable.No).Select(key => new Violation(Rules.NotLinearizable, key.Key, Describe(key.Operations))),
                .. SetChecker.Check(history, facts),
                .. StaleChecker.Check(history, facts),
                .. SessionChecker.Check(history, facts),
            ],
            Undecided =
            [
                .. searched.Where(key => key.Result == Linearizable.Undecided)
                    .Select(key => $"{key.Key}: the search for an order of its {key.Operations.Length} operations was given up"),
                .. history.NotRecorded > 0 ? [$"{history.NotRecorded} operations found no place in the record"] : Array.Empty<string>(),
            ],
            KeysLinearizable = searched.Count(key => key.Result == Linearizable.Yes),
            Keys = keys.Count,
            Operations = history.Operations.Count,
            Sightings = history.Looks.Sum(look => look.Seen.Count),
        };
    }

    private static string Describe(Operation[] operations)
    {
        var lines = operations.OrderBy(operation => operation.InvokedNs).Take(OperationsDescribedMax).Select(operation => $"\n    {operation}");
        var rest = operations.Length > OperationsDescribedMax ? $"\n    and {operations.Length - OperationsDescribedMax} more" : "";
        return $"has no order of its operations:{string.Concat(lines)}{rest}";
    }
}
