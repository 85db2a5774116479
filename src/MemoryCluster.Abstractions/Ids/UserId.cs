namespace MemoryCluster;

/// <summary>A person or system on whose behalf agents act.</summary>
/// <param name="Value">The id as the caller wrote it; see <see cref="Identifier"/>.</param>
[GenerateSerializer, Immutable, Alias("mc.UserId")]
public readonly record struct UserId([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
