using MemoryCluster.Recall;

namespace MemoryCluster.Timelines;

/// <summary>Where a memory stands in time: never two at one place, and none ever moves.</summary>
/// <param name="At">When it happened, else since when it is true, else when it was written.</param>
/// <param name="Turn">The number of its turn, for a session's turns often share a time; 0 for none.</param>
/// <param name="Id">The memory.</param>
internal readonly record struct TimePlace(DateTimeOffset At, long Turn, MemoryId Id) : IComparable<TimePlace>
{
    public static TimePlace Of(MemoryRecord memory) => new(
        memory.Times.OccurredAt ?? memory.Times.ValidFrom ?? memory.Times.CreatedAt,
        memory.Provenance.Source?.Turn is { } turn ? SourceOrder.NumberIn(turn) ?? 0 : 0,
        memory.Id);

    public int CompareTo(TimePlace other)
    {
        var order = At.CompareTo(other.At);
        order = order != 0 ? order : Turn.CompareTo(other.Turn);
        return order != 0 ? order : Id.CompareTo(other.Id);
    }
}
