namespace MemoryCluster;

/// <summary>Reads a query and a text together and says how well the one answers the other: dearer and better than what finds candidates.</summary>
public interface IReranker
{
    /// <summary>Of a recall's best candidates, how many it is given: 1 to 200, or 0 where there is no reranker.</summary>
    int CandidatesMax { get; }

    /// <summary>How long a recall waits for its scores in all; without them it keeps the order that it has.</summary>
    TimeSpan Timeout { get; }

    /// <summary>A finite score for each text, in order; larger is better, and comparable within one answer only.</summary>
    /// <exception cref="RerankerException">No scores are to be had.</exception>
    ValueTask<IReadOnlyList<float>> ScoreAsync(string query, IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
