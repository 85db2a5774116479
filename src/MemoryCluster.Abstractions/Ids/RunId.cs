namespace MemoryCluster;

/// <summary>One run of an agent, by the caller's own name for it.</summary>
/// <param name="Value">The id as the caller wrote it; see <see cref="Identifier"/>.</param>
[GenerateSerializer, Immutable, Alias("mc.RunId")]
public readonly record struct RunId([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
