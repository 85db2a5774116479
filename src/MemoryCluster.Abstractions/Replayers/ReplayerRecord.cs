namespace MemoryCluster;

/// <summary>Agent-side code that replays runs, as it is kept: with its secret, which goes nowhere but into signatures.</summary>
[GenerateSerializer, Immutable, Alias("mc.ReplayerRecord")]
public sealed record ReplayerRecord
{
    [Id(0)]
    public required string Name { get; init; }

    [Id(1)]
    public required string Url { get; init; }

    /// <summary>By the rule of <see cref="ReplayerSecret"/>.</summary>
    [Id(2)]
    public required string Secret { get; init; }

    [Id(3)]
    public required DateTimeOffset CreatedAt { get; init; }

    [Id(4)]
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>What may be shown of it.</summary>
    public ReplayerView View => new(Name, Url, CreatedAt, ChangedAt);

    /// <summary>Its name alone: a record would print its members, the secret too, into whatever log or message names it.</summary>
    public override string ToString() => $"replayer {Name}";
}
