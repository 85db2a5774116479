namespace MemoryCluster.Shards;

/// <summary>That an idempotent request was carried out, and what was answered: kept for <see cref="Lifetime"/>.</summary>
/// <param name="Key">The request's <see cref="OperationId.Key"/>.</param>
/// <param name="At">When it was carried out.</param>
/// <param name="Result">The answer, opaque to the store.</param>
public sealed record OperationEntry(Guid Key, DateTimeOffset At, ReadOnlyMemory<byte> Result)
{
    /// <summary>24 hours, the contract's promise (G6): within it a store refuses the key a second time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
}
