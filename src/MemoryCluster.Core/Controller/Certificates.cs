using MemoryCluster.Admission.Replay;

namespace MemoryCluster.Controller;

/// <summary>Checks certificates by running again what they tell of.</summary>
internal static class Certificates
{
    public static CertificateCheck Check(StoredCandidate candidate, ControllerState state)
    {
        var decision = candidate.Decision;
        var again = candidate.Content is { } content && decision.Replayer == EvidenceReplay.Name
            ? decision.Replays.Select(pair => (Pair: pair, Again: Rerun(pair, new ReplayedMemory(content), decision.Terms, state))).Where(each => each.Again is not null).ToArray()
            : [];
        return new CertificateCheck(
            decision, again.Length, [.. again.Where(each => each.Pair != each.Again).Select(each => each.Pair.Run)],
            PairedTest.EstimateOf(decision.Replays, decision.Terms) == decision.Effect);
    }

    private static ReplayPair? Rerun(ReplayPair pair, ReplayedMemory memory, ReplayTerms terms, ControllerState state) =>
        state.Find(pair.Run) is { } run && !run.Run.Steps.Any(step => step.Erased)
            ? EvidenceReplay.Replay(memory, ReplayContext.Of(run), pair.IsOwn, terms, pair.At)
            : null;
}
