namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>A mean and the ends of its 95 % interval.</summary>
internal readonly record struct Estimate(double Mean, double Low, double High);
