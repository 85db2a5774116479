namespace MemoryCluster.Gateway.Problems;

/// <summary>The one table from faults to HTTP.</summary>
internal static class FaultMap
{
    public static int Status(MemoryFault fault) => fault switch
    {
        MemoryFault.BadRequest => 400,
        MemoryFault.Unauthenticated => 401,
        MemoryFault.Forbidden => 403,
        MemoryFault.NotFound => 404,
        MemoryFault.Conflict or MemoryFault.IdempotencyInFlight => 409,
        MemoryFault.StaleVersion => 412,
        MemoryFault.IdempotencyMismatch => 422,
        MemoryFault.VersionRequired => 428,
        MemoryFault.QuotaExceeded => 429,
        MemoryFault.Unspecified or MemoryFault.StoreCorrupt => 500,
        MemoryFault.Overloaded or MemoryFault.ShardUnavailable or MemoryFault.StoreUnavailable or MemoryFault.OutcomeUnknown
            or MemoryFault.EmbedderUnavailable => 503,
        MemoryFault.DeadlineExceeded => 504,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A new fault needs a decision here."),
    };

    /// <summary>Seconds after which a repeat may succeed; null where waiting does not help, or where a blind repeat may act twice.</summary>
    public static int? RetryAfterSeconds(MemoryFault fault) => fault switch
    {
        MemoryFault.QuotaExceeded or MemoryFault.Overloaded or MemoryFault.IdempotencyInFlight or MemoryFault.ShardUnavailable
            or MemoryFault.StoreUnavailable or MemoryFault.EmbedderUnavailable => 1,
        _ => null,
    };

    /// <summary>What a caller is told of a fault of ours: its message is for operators and goes to the log. Null where the message is the caller's.</summary>
    public static string? PublicDetail(MemoryFault fault) => fault switch
    {
        MemoryFault.Unspecified => "The server failed, and whether the request had an effect is not known. Give its operator the id in this answer's X-Request-Id.",
        MemoryFault.StoreCorrupt => "The store of this team fails its checks and stays closed until the operator has looked at it.",
        MemoryFault.StoreUnavailable => "The store cannot be reached; nothing was done. Repeat the request.",
        MemoryFault.ShardUnavailable => "The team's shard is between two owners; nothing was done. Repeat the request.",
        MemoryFault.OutcomeUnknown =>
            "The write was broken off: it may or may not have happened. Repeat it with the same Idempotency-Key, or read back before repeating.",
        MemoryFault.EmbedderUnavailable => "The embedder cannot answer; nothing was done. Repeat the request.",
        MemoryFault.Overloaded => "A queue is full; nothing was done. Repeat the request later, and send fewer at a time.",
        MemoryFault.DeadlineExceeded => "Time ran out before the answer was complete. Repeat the request.",
        _ => null,
    };

    /// <summary>What an engine's exception means: a call that was cut off is unknown where it could write, and merely late where it could not.</summary>
    public static MemoryFault Classify(Exception exception, bool writes) => exception switch
    {
        MemoryClusterException fault => fault.Fault,
        LimitExceededException or GatewayTooBusyException => MemoryFault.Overloaded,
        // a call that ran out of time is cancelled where it was being done, and may tell so before its caller's own time is over
        TimeoutException or OperationCanceledException => writes ? MemoryFault.OutcomeUnknown : MemoryFault.DeadlineExceeded,
        SiloUnavailableException => writes ? MemoryFault.OutcomeUnknown : MemoryFault.ShardUnavailable,
        OrleansMessageRejectionException => MemoryFault.ShardUnavailable,
        _ => MemoryFault.Unspecified,
    };
}
