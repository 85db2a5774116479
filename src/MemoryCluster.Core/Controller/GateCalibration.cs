namespace MemoryCluster.Controller;

/// <summary>Compares what the gate promised with what came: of decisions on tasks that came back, how many steps another run took again and right.</summary>
internal static class GateCalibration
{
    private const int Bins = 5;

    public static ImmutableArray<CalibrationBin> Of(ControllerState state)
    {
        var seen = state.Candidates.Select(candidate => candidate.Decision).Where(decision => decision.Kind == MemoryKind.Step)
            .Select(decision => (Decision: decision, Run: state.Find(decision.Run)))
            .Where(pair => pair.Run is { } run && state.CameBack(run))
            .Select(pair => (pair.Decision.Probability, IsUseful: state.SeenAgain(pair.Run!, pair.Decision.Step) is (> 0, 0)))
            .ToLookup(pair => Math.Min(Bins - 1, (int)(pair.Probability * Bins)));
        return
        [
            .. Enumerable.Range(0, Bins).Where(seen.Contains).Select(bin => new CalibrationBin(
                (double)bin / Bins, (double)(bin + 1) / Bins, seen[bin].Count(), seen[bin].Average(pair => pair.Probability),
                seen[bin].Average(pair => pair.IsUseful ? 1.0 : 0.0))),
        ];
    }
}
