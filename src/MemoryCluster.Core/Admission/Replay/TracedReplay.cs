using System.Globalization;
using MemoryCluster.Records;

namespace MemoryCluster.Admission.Replay;

/// <summary>The pair that two answers of a replayer outside of the cluster make.</summary>
internal static class TracedReplay
{
    public static ReplayPair Pair(
        RunRecord run, bool isOwn, ReplayTrace trace, ReplayScore without, ReplayScore with, ReplayTerms terms, DateTimeOffset at)
    {
        var difference = PairedTest.Difference(without, with, misled: false, terms);
        return new ReplayPair
        {
            Run = run.Id, IsOwn = isOwn, Without = without, With = with, Difference = difference, At = at, Trace = trace,
            Fingerprint = FingerprintOf(run.Id, trace, without, with, difference),
        };
    }

    /// <summary>Whether a pair on record says what its scores give, to the last bit.</summary>
    public static bool IsSound(ReplayPair pair, ReplayTerms terms)
    {
        var difference = PairedTest.Difference(pair.Without, pair.With, pair.Misled, terms);
        return BitsOf(difference) == BitsOf(pair.Difference) && FingerprintOf(pair.Run, pair.Trace!, pair.Without, pair.With, difference) == pair.Fingerprint;
    }

    private static Guid FingerprintOf(RunId run, ReplayTrace trace, ReplayScore without, ReplayScore with, double difference) => Hash128.Of(
    [
        trace.Replayer, trace.Version, run.Value, trace.RequestWithout.ToString("N"), trace.RequestWith.ToString("N"), .. PartsOf(without), .. PartsOf(with),
        BitsOf(difference),
    ]);

    private static string?[] PartsOf(ReplayScore score) =>
        [BitsOf(score.Reward), score.Tokens.ToString(CultureInfo.InvariantCulture), score.LatencyMs is { } latency ? BitsOf(latency) : null];

    private static string BitsOf(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x", CultureInfo.InvariantCulture);
}
