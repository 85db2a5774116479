namespace MemoryCluster;

/// <summary>One consolidation of a few memories, by which it is explained and undone.</summary>
/// <param name="Value">Random, 128 bits.</param>
[GenerateSerializer, Immutable, Alias("mc.ConsolidationId")]
public readonly record struct ConsolidationId([property: Id(0)] Guid Value)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ConsolidationId id)
    {
        var parsed = Guid.TryParseExact(text, "N", out var value);
        id = new ConsolidationId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}
