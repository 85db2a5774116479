namespace MemoryCluster;

/// <summary>A team of agents, by the name its tenant gave it.</summary>
/// <param name="Value">The id as the caller wrote it; see <see cref="Identifier"/>.</param>
[GenerateSerializer, Immutable, Alias("mc.TeamId")]
public readonly record struct TeamId([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
