namespace MemoryCluster.Host.Commands.Ingest;

/// <summary>Memories that are written in one request.</summary>
/// <param name="Ordinal">Counts the file's batches, from 0.</param>
/// <param name="Key">The idempotency key: the same for the same batch of the same file.</param>
/// <param name="Items">The memories.</param>
internal sealed record IngestBatch(int Ordinal, string Key, IReadOnlyList<IngestItem> Items);
