namespace MemoryCluster.Admission.Gate;

/// <summary>A step that calibration is fitted to, and whether it was useful.</summary>
public sealed record GateSample(ImmutableArray<float> Features, bool IsUseful);
