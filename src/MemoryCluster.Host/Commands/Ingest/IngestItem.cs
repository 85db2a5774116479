using MemoryCluster.Contract;

namespace MemoryCluster.Host.Commands.Ingest;

/// <summary>A memory to write, and the line that it came from.</summary>
internal sealed record IngestItem(int Line, RememberRequest Memory);
