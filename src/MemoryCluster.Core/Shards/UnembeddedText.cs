namespace MemoryCluster.Shards;

/// <summary>A memory that waits for a vector of the model in use.</summary>
public readonly record struct UnembeddedText(MemoryId Id, string Text);
