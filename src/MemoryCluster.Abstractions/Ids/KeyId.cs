namespace MemoryCluster;

/// <summary>The public half of an API key: what names it in lists, logs and provenance.</summary>
/// <param name="Value">Random, 128 bits.</param>
[GenerateSerializer, Immutable, Alias("mc.KeyId")]
public readonly record struct KeyId([property: Id(0)] Guid Value)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out KeyId id)
    {
        var parsed = Guid.TryParseExact(text, "N", out var value);
        id = new KeyId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}
