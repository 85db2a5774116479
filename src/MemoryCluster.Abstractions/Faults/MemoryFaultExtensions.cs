namespace MemoryCluster;

/// <summary>What follows from a fault, in one place.</summary>
public static class MemoryFaultExtensions
{
    /// <summary>Whether the same request may succeed later without being changed.</summary>
    public static bool IsTransient(this MemoryFault fault) => fault switch
    {
        MemoryFault.IdempotencyInFlight or MemoryFault.QuotaExceeded or MemoryFault.Overloaded or MemoryFault.ShardUnavailable
            or MemoryFault.StoreUnavailable or MemoryFault.EmbedderUnavailable or MemoryFault.DeadlineExceeded => true,
        // Transient only under an idempotency key: without one a repeat may write twice.
        MemoryFault.OutcomeUnknown => true,
        MemoryFault.Unspecified or MemoryFault.BadRequest or MemoryFault.Unauthenticated or MemoryFault.Forbidden or MemoryFault.NotFound
            or MemoryFault.Conflict or MemoryFault.StaleVersion or MemoryFault.VersionRequired or MemoryFault.IdempotencyMismatch
            or MemoryFault.StoreCorrupt => false,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A new fault needs a decision here."),
    };

    /// <summary>The stable code of a fault that names no finer one.</summary>
    public static string Code(this MemoryFault fault) => fault switch
    {
        MemoryFault.Unspecified => "internal",
        MemoryFault.BadRequest => "bad_request",
        MemoryFault.Unauthenticated => "unauthenticated",
        MemoryFault.Forbidden => "forbidden",
        MemoryFault.NotFound => "not_found",
        MemoryFault.Conflict => "conflict",
        MemoryFault.StaleVersion => "stale_version",
        MemoryFault.VersionRequired => "version_required",
        MemoryFault.IdempotencyMismatch => "idempotency_mismatch",
        MemoryFault.IdempotencyInFlight => "idempotency_in_flight",
        MemoryFault.QuotaExceeded => "quota_exceeded",
        MemoryFault.Overloaded => "overloaded",
        MemoryFault.ShardUnavailable => "shard_unavailable",
        MemoryFault.StoreUnavailable => "store_unavailable",
        MemoryFault.OutcomeUnknown => "outcome_unknown",
        MemoryFault.StoreCorrupt => "store_corrupt",
        MemoryFault.EmbedderUnavailable => "embedder_unavailable",
        MemoryFault.DeadlineExceeded => "deadline_exceeded",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A new fault needs a decision here."),
    };
}
