namespace MemoryCluster.Client.Http;

/// <summary>Whether a failed attempt is repeated, and after which pause.</summary>
internal sealed class RetryRules(MemoryClusterClientOptions options, Chance chance)
{
    /// <summary>The pause before the next attempt; null where the fault goes to the caller.</summary>
    /// <param name="fault">What the attempt ended with.</param>
    /// <param name="isRepeatable">Whether the request may take effect twice without harm: a read, a PUT, a write under an idempotency key.</param>
    /// <param name="attempt">Counts attempts, from 0.</param>
    /// <param name="retryAfter">What the server asked for.</param>
    public TimeSpan? PauseAfter(MemoryFault fault, bool isRepeatable, int attempt, TimeSpan? retryAfter)
    {
        if (attempt >= options.RetriesMax || !fault.IsTransient() || (!isRepeatable && MayHaveTakenEffect(fault)))
            return null;

        // Full jitter: clients that failed together come back apart (Brooker, "Exponential Backoff And Jitter", 2015).
        var ceiling = Least(options.RetryDelay * Math.ScaleB(1, Math.Min(attempt, 30)), options.RetryDelayMax);
        var pause = ceiling * chance.NextFraction();
        return retryAfter > pause ? Least(retryAfter.Value, options.RetryDelayMax) : pause;
    }

    private static bool MayHaveTakenEffect(MemoryFault fault) =>
        fault is MemoryFault.OutcomeUnknown or MemoryFault.DeadlineExceeded or MemoryFault.IdempotencyInFlight;

    private static TimeSpan Least(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
