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
        var traced = decision.Replays.Where(pair => pair.Trace is not null).ToArray();
        var differing = again.Where(each => each.Pair != each.Again).Select(each => each.Pair.Run)
            .Concat(traced.Where(pair => !TracedReplay.IsSound(pair, decision.Terms) || !AsksTheSame(pair, candidate, state)).Select(pair => pair.Run));
        return new CertificateCheck(
            decision, again.Length, [.. differing], PairedTest.EstimateOf(decision.Replays, decision.Terms) == decision.Effect, traced.Length);
    }

    // What was asked follows from the run and the memory, as far as both are still kept.
    private static bool AsksTheSame(ReplayPair pair, StoredCandidate candidate, ControllerState state) =>
        state.Find(pair.Run) is not { } run
        || (ReplayRequests.Without(run, candidate.Decision.Id).Fingerprint == pair.Trace!.RequestWithout
            && (candidate.Content is not { } content
                || ReplayRequests.With(run, candidate.Decision.Id, content.Text, content.Kind).Fingerprint == pair.Trace.RequestWith));

    private static ReplayPair? Rerun(ReplayPair pair, ReplayedMemory memory, ReplayTerms terms, ControllerState state) =>
        state.Find(pair.Run) is { } run && !run.Run.Steps.Any(step => step.Erased)
            ? EvidenceReplay.Replay(memory, ReplayContext.Of(run), pair.IsOwn, terms, pair.At)
            : null;
}
