using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Checking;

/// <summary>
/// Whether no client is taken back behind what it has seen, and each sees what it wrote (D. Terry and others, "Session guarantees for weakly
/// consistent replicated data", 1994): by id and in lists at once, in a recall that names its write.
/// </summary>
internal static class SessionChecker
{
    private const int Gone = int.MaxValue;

    public static IEnumerable<Violation> Check(History history, IReadOnlyDictionary<string, KeyFacts> facts)
    {
        var steps = history.Operations.Select(operation => (operation.Process, operation.InvokedNs, Step: (object)operation))
            .Concat(history.Looks.Select(look => (look.Process, look.InvokedNs, Step: (object)look)));
        return steps.GroupBy(step => step.Process).SelectMany(process => Walk(process.OrderBy(step => step.InvokedNs).Select(step => step.Step), facts));
    }

    private static IEnumerable<Violation> Walk(IEnumerable<object> steps, IReadOnlyDictionary<string, KeyFacts> facts)
    {
        var known = new Dictionary<string, (int Version, long OwnSeq)>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            foreach (var violation in step is Operation operation ? Take(operation, known) : Take((Look)step, known).Concat(MissedBy((Look)step, known, facts)))
                yield return violation;
        }
    }

    private static IEnumerable<Violation> Take(Operation operation, Dictionary<string, (int Version, long OwnSeq)> known)
    {
        var (version, seq) = known.GetValueOrDefault(operation.Key);
        var told = operation switch
        {
            { Outcome: OperationOutcome.Ok, Kind: OperationKind.Delete } => Gone,
            { Outcome: OperationOutcome.Ok } => operation.Version,
            { Outcome: OperationOutcome.Absent } when version > 0 => Gone,
            _ => 0,
        };
        if (told > 0 && told < version)
            yield return Back(operation.Process, operation.Key, told, version);
        var own = operation.Kind != OperationKind.Read && operation.Outcome == OperationOutcome.Ok ? operation.Seq : 0;
        known[operation.Key] = (Math.Max(version, told), Math.Max(seq, own));
    }

    private static IEnumerable<Violation> Take(Look look, Dictionary<string, (int Version, long OwnSeq)> known)
    {
        foreach (var seen in look.Seen)
        {
            var (version, seq) = known.GetValueOrDefault(seen.Key);
            if (seen.Version < version)
                yield return Back(look.Process, seen.Key, seen.Version, version);
            known[seen.Key] = (Math.Max(seen.Version, version), seq);
        }
    }

    // Where nobody else had a hand in it, so that it is as this client left it.
    private static IEnumerable<Violation> MissedBy(
        Look recall, Dictionary<string, (int Version, long OwnSeq)> known, IReadOnlyDictionary<string, KeyFacts> facts)
    {
        if (recall is { Wanted: { } wanted, IsPartial: false } && known.GetValueOrDefault(wanted) is { OwnSeq: > 0, Version: < Gone } own
            && recall.MinSeq >= own.OwnSeq && own.OwnSeq == facts[wanted].SeqBefore(recall.InvokedNs)
            && facts[wanted].IsAtRest(recall.InvokedNs, recall.ReturnedNs) && !recall.Seen.Any(seen => seen.Key == wanted))
        {
            yield return new Violation(
                Rules.OwnWriteMissed, wanted, $"was written by client {recall.Process} as {own.OwnSeq}, and a recall that names it does not show it");
        }
    }

    private static Violation Back(int process, string key, int shown, int known) => new(
        Rules.WentBack, key, $"is shown to client {process} at version {shown}, and it {(known == Gone ? "knew it deleted" : $"had seen version {known}")}");
}
