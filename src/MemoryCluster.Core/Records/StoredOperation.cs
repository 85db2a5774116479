namespace MemoryCluster.Records;

/// <summary>The answer of an idempotent request, with the body it answered. It holds no text of a memory.</summary>
internal sealed record StoredOperation
{
    public required Guid Body { get; init; }

    public RememberResult? Remembered { get; init; }

    /// <summary>The memory that was changed, by id alone: an answer kept for a day must not outlive a deleted text.</summary>
    public MemoryId? Patched { get; init; }

    public DeletionReceipt? Deleted { get; init; }

    /// <summary>What was used together, where the request was an outcome.</summary>
    public StoredOutcome? Outcome { get; init; }

    /// <summary>The run that was kept.</summary>
    public RunId? Run { get; init; }
}
