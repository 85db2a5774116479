namespace MemoryCluster;

/// <summary>A replayer without its secret.</summary>
[GenerateSerializer, Immutable, Alias("mc.ReplayerView")]
public sealed record ReplayerView(
    [property: Id(0)] string Name, [property: Id(1)] string Url, [property: Id(2)] DateTimeOffset CreatedAt, [property: Id(3)] DateTimeOffset ChangedAt);
