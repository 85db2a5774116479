namespace MemoryCluster;

/// <summary>An API key as it is kept: its secret only as a SHA-256, which is enough for 256 random bits.</summary>
[GenerateSerializer, Immutable, Alias("mc.KeyRecord")]
public sealed record KeyRecord
{
    [Id(0)]
    public required KeyId Id { get; init; }

    [Id(1)]
    public required KeySpec Spec { get; init; }

    /// <summary>SHA-256 of the secret, as upper-case hex.</summary>
    [Id(2)]
    public required string SecretHash { get; init; }

    [Id(3)]
    public required DateTimeOffset CreatedAt { get; init; }
}
