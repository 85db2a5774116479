namespace MemoryCluster.Host.Commands.Ingest;

/// <summary>The position as it lies in its file.</summary>
internal sealed record KeptPosition(string Fingerprint, int Batches);
