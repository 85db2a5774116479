namespace MemoryCluster.LoadTests.Clients;

/// <summary>A memory at a version.</summary>
/// <param name="Seq">Of the write that made it.</param>
internal sealed record MemoryContent(int Version, string Text, long Seq);
