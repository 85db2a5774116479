using MemoryCluster.Recall;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Grains.Recall;

/// <summary>Has the best candidates of a recall read again by the reranker, where there is one; never the reason why a recall fails.</summary>
internal sealed partial class RecallReranking(IReranker reranker, TimeProvider clock, ILogger<RecallReranking> logger)
{
    /// <summary>Candidates that it wants to read; 0 where there is no reranker.</summary>
    public int CandidatesMax => reranker.CandidatesMax;

    /// <summary>The hits in the reranker's order, or as they are where its scores are not to be had in time.</summary>
    /// <param name="query">The question.</param>
    /// <param name="fused">Best first, all of them the caller's to see: their texts leave for the service.</param>
    /// <param name="cancellationToken">Ends the recall.</param>
    public async Task<ImmutableArray<RecallHit>> OrderAsync(string query, ImmutableArray<RecallHit> fused, CancellationToken cancellationToken)
    {
        var texts = fused.Take(CandidatesMax).Select(hit => hit.Memory.Text).ToArray();
        return texts.Length > 0 && await ScoresAsync(query, texts, cancellationToken) is { } scores ? RerankedOrder.Of(fused, scores) : fused;
    }

    private async Task<IReadOnlyList<float>?> ScoresAsync(string query, string[] texts, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(reranker.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // a reranker that does not heed the token is not waited for either
            var scores = await reranker.ScoreAsync(query, texts, either.Token).AsTask().WaitAsync(either.Token);
            return scores.Count == texts.Length && scores.All(float.IsFinite)
                ? scores
                : throw new RerankerException($"{scores.Count} scores came for {texts.Length} texts, or one that is not finite.");
        }
        catch (Exception e) when (e is RerankerException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogNotReranked(e, reranker.Timeout);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A recall keeps its fused order: the reranker gave no scores within {Timeout}.")]
    private partial void LogNotReranked(Exception exception, TimeSpan timeout);
}
