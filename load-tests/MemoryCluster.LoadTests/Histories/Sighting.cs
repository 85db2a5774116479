namespace MemoryCluster.LoadTests.Histories;

/// <summary>A memory as a page showed it.</summary>
/// <param name="Key">As in <see cref="Operation.Key"/>.</param>
internal sealed record Sighting(string Key, string Id, int Version, string Text);
