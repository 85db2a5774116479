namespace MemoryCluster.Host.Commands.Ingest;

/// <summary>What is wrong with a line.</summary>
internal sealed record LineProblem(int Line, string Problem);
