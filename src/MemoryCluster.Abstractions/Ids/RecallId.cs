namespace MemoryCluster;

/// <summary>One answered recall, by which its outcome is reported.</summary>
/// <param name="Value">A time-ordered UUID whose last 32 bits are the team's number.</param>
[GenerateSerializer, Immutable, Alias("mc.RecallId")]
public readonly record struct RecallId([property: Id(0)] Guid Value)
{
    /// <summary>The number of the team that owns it.</summary>
    public uint TeamNumber => RoutedGuid.TeamNumberOf(Value);

    /// <summary>Makes an id from a time and 42 random bits, both injected so that a seed repeats a run.</summary>
    public static RecallId New(DateTimeOffset at, ulong random, uint teamNumber) => new(RoutedGuid.Create(at, random, teamNumber));

    /// <summary>Reads the 36-character form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RecallId id)
    {
        var parsed = RoutedGuid.TryParse(text, out var value);
        id = new RecallId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => RoutedGuid.Format(Value);
}
