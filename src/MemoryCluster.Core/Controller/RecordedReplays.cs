using MemoryCluster.Admission.Replay;

namespace MemoryCluster.Controller;

/// <summary>The replays outside of the cluster that a decision rests on, and how to ask for them again.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Replays">Those that can be asked for.</param>
public sealed record RecordedReplays(CandidateDecision Decision, ImmutableArray<(ReplayPair Pair, ReplayJob Job)> Replays)
{
    /// <summary>Compares what came of asking again.</summary>
    /// <param name="again">Each replay's result, in the order of <see cref="Replays"/>; null where it was not asked for in time.</param>
    public CertificateRerun Compare(IReadOnlyList<ReplayResult?> again)
    {
        var compared = Replays.Zip(again, (replay, result) => Compare(replay.Pair, result)).OfType<(ReplayAgain Said, ReplayPair Pair)>().ToArray();
        var now = compared.ToDictionary(each => each.Pair.Run, each => each.Pair);
        ImmutableArray<ReplayPair> pairs = [.. Decision.Replays.Select(pair => now.GetValueOrDefault(pair.Run, pair))];
        var effect = PairedTest.EstimateOf(pairs, Decision.Terms);
        return new CertificateRerun
        {
            Recorded = Decision.Replays.Count(pair => pair.Trace is not null),
            Replays = [.. compared.Select(each => each.Said)],
            Effect = effect,
            VerdictAgrees = PairedTest.Judge(pairs, effect, Decision.Terms) == PairedTest.Judge(Decision),
        };
    }

    private (ReplayAgain Said, ReplayPair Pair)? Compare(ReplayPair pair, ReplayResult? result) => result switch
    {
        null => null,
        ReplayResult.Failed failed => (new ReplayAgain(pair.Run, null, null, null, failed.Reason, false), pair),
        ReplayResult.Answered answered => Compare(pair, answered),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "A new result needs to be compared here."),
    };

    private (ReplayAgain Said, ReplayPair Pair) Compare(ReplayPair pair, ReplayResult.Answered answers)
    {
        var (without, with) = (ScoreOf(answers.Without), ScoreOf(answers.With));
        var again = pair with { Without = without, With = with, Difference = PairedTest.Difference(without, with, misled: false, Decision.Terms) };
        var agrees = IsNear(pair.Without, without) && IsNear(pair.With, with);
        return (new ReplayAgain(pair.Run, without, with, answers.With.Version, null, agrees), again);
    }

    private static bool IsNear(ReplayScore recorded, ReplayScore again) => Math.Abs(recorded.Reward - again.Reward) <= CertificateRerun.Tolerance;

    private static ReplayScore ScoreOf(ReplayAnswer answer) => new(answer.Reward, answer.Tokens, answer.LatencyMs);
}
