namespace MemoryCluster;

/// <summary>Everything that can go wrong for a caller, each with one HTTP status and one stable code (see docs/errors.md).</summary>
public enum MemoryFault
{
    Unspecified = 0,

    /// <summary>The request breaks a rule of the contract; nothing was done.</summary>
    BadRequest,

    /// <summary>No valid key.</summary>
    Unauthenticated,

    /// <summary>The key lacks a scope, or what it is bound to contradicts the request.</summary>
    Forbidden,

    /// <summary>Absent, or not the caller's to see: the two look the same.</summary>
    NotFound,

    /// <summary>The request contradicts what is there.</summary>
    Conflict,

    /// <summary>If-Match names a version that is no longer the current one.</summary>
    StaleVersion,

    /// <summary>If-Match is missing where a change needs it.</summary>
    VersionRequired,

    /// <summary>The idempotency key was used with another body.</summary>
    IdempotencyMismatch,

    /// <summary>The first request with this idempotency key has not finished.</summary>
    IdempotencyInFlight,

    /// <summary>A quota or rate is used up; try later.</summary>
    QuotaExceeded,

    /// <summary>A queue is full; refused before any work was done.</summary>
    Overloaded,

    /// <summary>The shard is between two owners; nothing was done.</summary>
    ShardUnavailable,

    /// <summary>The store refused or cannot be reached; nothing was done.</summary>
    StoreUnavailable,

    /// <summary>The store broke off: the write may or may not be there. Repeat it with the same idempotency key.</summary>
    OutcomeUnknown,

    /// <summary>The store's content fails its checks; the shard stays closed until somebody looks.</summary>
    StoreCorrupt,

    /// <summary>The embedder cannot answer.</summary>
    EmbedderUnavailable,

    /// <summary>Time ran out.</summary>
    DeadlineExceeded,
}
