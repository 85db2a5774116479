using System.Buffers.Binary;

namespace MemoryCluster;

/// <summary>A place in the list of consolidations, which stays one when the entry that stood there is gone.</summary>
/// <param name="Value">The time's ticks, then the first half of the consolidation's id: 16 bytes, in order.</param>
[GenerateSerializer, Immutable, Alias("mc.ConsolidationPlace")]
public readonly record struct ConsolidationPlace([property: Id(0)] Guid Value) : IComparable<ConsolidationPlace>
{
    /// <summary>The place of a consolidation.</summary>
    public static ConsolidationPlace Of(DateTimeOffset at, ConsolidationId id)
    {
        Span<byte> bytes = stackalloc byte[32];
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.UtcTicks);
        id.Value.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return new ConsolidationPlace(new Guid(bytes[..16], bigEndian: true));
    }

    /// <inheritdoc/>
    public int CompareTo(ConsolidationPlace other) => Value.CompareTo(other.Value);

    public static bool operator <(ConsolidationPlace left, ConsolidationPlace right) => left.CompareTo(right) < 0;

    public static bool operator <=(ConsolidationPlace left, ConsolidationPlace right) => left.CompareTo(right) <= 0;

    public static bool operator >(ConsolidationPlace left, ConsolidationPlace right) => left.CompareTo(right) > 0;

    public static bool operator >=(ConsolidationPlace left, ConsolidationPlace right) => left.CompareTo(right) >= 0;
}
