using Orleans.Streams;

namespace MemoryCluster.LocalEngine.Streams;

/// <summary>A position in a stream that only says what came after what.</summary>
internal sealed class CountingToken(long sequenceNumber, int eventIndex) : StreamSequenceToken
{
    public override long SequenceNumber { get; protected set; } = sequenceNumber;

    public override int EventIndex { get; protected set; } = eventIndex;

    public override bool Equals(StreamSequenceToken? other) => CompareTo(other) == 0;

    public override int CompareTo(StreamSequenceToken? other) =>
        other is null ? 1 : (SequenceNumber, EventIndex).CompareTo((other.SequenceNumber, other.EventIndex));
}
