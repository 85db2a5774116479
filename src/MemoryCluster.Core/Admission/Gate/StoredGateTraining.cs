namespace MemoryCluster.Admission.Gate;

/// <summary>A trainer's state as it is stored.</summary>
internal sealed record StoredGateTraining(
    long PolicyVersion, SortedDictionary<string, double> Weights, SortedDictionary<string, double> Squares, SortedDictionary<string, double> Averages, long Groups,
    ImmutableArray<GateSample> Samples);
