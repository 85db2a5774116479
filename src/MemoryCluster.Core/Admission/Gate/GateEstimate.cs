namespace MemoryCluster.Admission.Gate;

/// <summary>An estimate with the ends of its 95 % interval.</summary>
public readonly record struct GateEstimate(double Value, double Low, double High);
