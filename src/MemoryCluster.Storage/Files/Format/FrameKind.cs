namespace MemoryCluster.Storage.Files.Format;

/// <summary>What a frame holds. The numbers are the stored form.</summary>
internal enum FrameKind : byte
{
    Unspecified = 0,

    /// <summary>An opening: no body, the epoch from here on.</summary>
    Epoch = (byte)'E',

    /// <summary>One append: its mutations.</summary>
    Mutations = (byte)'M',

    /// <summary>A part of what a rewrite kept of the segment before; only at a segment's beginning.</summary>
    Base = (byte)'B',
}
