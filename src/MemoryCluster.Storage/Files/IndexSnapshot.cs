namespace MemoryCluster.Storage.Files;

/// <summary>The index of a segment as of <paramref name="SegmentEnd"/>.</summary>
internal sealed record IndexSnapshot(long Segment, ulong Salt, long SegmentEnd, long LastFrame, StoreIndex Index);
