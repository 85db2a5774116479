namespace MemoryCluster;

/// <summary>One memory, for ever: an id is never given twice, and a deleted one never returns.</summary>
/// <param name="Value">A time-ordered UUID whose last 32 bits are the team's number.</param>
[GenerateSerializer, Immutable, Alias("mc.MemoryId")]
public readonly record struct MemoryId([property: Id(0)] Guid Value) : IComparable<MemoryId>
{
    /// <summary>The number of the team that owns it.</summary>
    public uint TeamNumber => RoutedGuid.TeamNumberOf(Value);

    /// <summary>Makes an id from a time and 42 random bits, both injected so that a seed repeats a run.</summary>
    public static MemoryId New(DateTimeOffset at, ulong random, uint teamNumber) => new(RoutedGuid.Create(at, random, teamNumber));

    /// <summary>Reads the 36-character form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MemoryId id)
    {
        var parsed = RoutedGuid.TryParse(text, out var value);
        id = new MemoryId(value);
        return parsed;
    }

    /// <summary>Orders by time, then by the remaining bits: the tie-break of every list.</summary>
    public int CompareTo(MemoryId other) => Value.CompareTo(other.Value);

    public static bool operator <(MemoryId left, MemoryId right) => left.CompareTo(right) < 0;

    public static bool operator <=(MemoryId left, MemoryId right) => left.CompareTo(right) <= 0;

    public static bool operator >(MemoryId left, MemoryId right) => left.CompareTo(right) > 0;

    public static bool operator >=(MemoryId left, MemoryId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => RoutedGuid.Format(Value);
}
