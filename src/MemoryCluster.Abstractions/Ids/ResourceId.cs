namespace MemoryCluster;

/// <summary>A resource that agents may touch and memories may come from.</summary>
/// <param name="Value">The id as the caller wrote it; see <see cref="Identifier"/>.</param>
[GenerateSerializer, Immutable, Alias("mc.ResourceId")]
public readonly record struct ResourceId([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
