namespace MemoryCluster.Storage.Files;

/// <summary>What a check of one store's files found.</summary>
public sealed record StoreVerification
{
    /// <summary>The store's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The store's id as its name file has it, or the folder's own name.</summary>
    public required string Store { get; init; }

    /// <summary>Segment files; more than one only after a crash, until the next opening.</summary>
    public int Segments { get; init; }

    /// <summary>Whole frames of the segment in use.</summary>
    public long Frames { get; init; }

    /// <summary>Live records.</summary>
    public int Records { get; init; }

    /// <summary>Keys that were erased and may not come back.</summary>
    public int Tombstones { get; init; }

    /// <summary>Idempotency entries, expired ones among them until maintenance.</summary>
    public int Operations { get; init; }

    /// <summary>The last durable sequence number.</summary>
    public long Seq { get; init; }

    /// <summary>Bytes of an unfinished last frame: not a problem, the next opening cuts them.</summary>
    public long TornBytes { get; init; }

    /// <summary>What is wrong, one sentence each; empty for a sound store.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
