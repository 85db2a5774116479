namespace MemoryCluster.Controller;

/// <summary>Compares what the gate promised with what replays on other runs found.</summary>
internal static class GateCalibration
{
    private const int Bins = 5;

    public static ImmutableArray<CalibrationBin> Of(ControllerState state)
    {
        var tested = state.Candidates.Select(candidate => candidate.Decision).Where(decision => decision.Effect.Pairs > 0)
            .ToLookup(decision => Math.Min(Bins - 1, (int)(decision.Probability * Bins)));
        return
        [
            .. Enumerable.Range(0, Bins).Where(tested.Contains).Select(bin => new CalibrationBin(
                (double)bin / Bins, (double)(bin + 1) / Bins, tested[bin].Count(), tested[bin].Average(decision => decision.Probability),
                tested[bin].Average(decision => decision.Effect.Mean > 0 ? 1.0 : 0.0))),
        ];
    }
}
