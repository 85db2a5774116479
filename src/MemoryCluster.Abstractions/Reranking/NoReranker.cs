namespace MemoryCluster;

/// <summary>What stands in where no reranker is configured: it is never asked.</summary>
public sealed class NoReranker : IReranker
{
    /// <inheritdoc/>
    public int CandidatesMax => 0;

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.Zero;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<float>> ScoreAsync(string query, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("No reranker is configured: look at CandidatesMax before asking.");
}
