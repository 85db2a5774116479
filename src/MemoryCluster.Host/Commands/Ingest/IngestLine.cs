using MemoryCluster.Contract;

namespace MemoryCluster.Host.Commands.Ingest;

/// <summary>What one line of a file comes to: memories, or what is wrong with it.</summary>
internal sealed record IngestLine(int Number, IReadOnlyList<RememberRequest> Memories, string? Problem = null);
