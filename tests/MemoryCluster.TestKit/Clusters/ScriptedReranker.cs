using System.Collections.Concurrent;

namespace MemoryCluster.TestKit.Clusters;

/// <summary>A reranker that scores as the test says, and remembers what it was given.</summary>
public sealed class ScriptedReranker(int candidatesMax) : IReranker
{
    /// <inheritdoc/>
    public int CandidatesMax => candidatesMax;

    /// <summary>By default longer than a test waits.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A text's score.</summary>
    public Func<string, float> Score { get; set; } = _ => 0;

    /// <summary>Awaited before the scores are given.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>The texts of each call.</summary>
    public ConcurrentQueue<string[]> Given { get; } = new();

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<float>> ScoreAsync(string query, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        Given.Enqueue([.. texts]);
        await Before();
        return [.. texts.Select(Score)];
    }
}
