using MemoryCluster.Index;
using MemoryCluster.Shards;

namespace MemoryCluster.Recall;

/// <summary>
/// The graph channel: what stands within two turns of a hit in the same chat or log. A turn's evidence is the sum of the BM25 scores of the
/// hits around it; what follows a question counts three times, because an answer seldom repeats the words that it answers.
/// </summary>
internal static class NeighbourSearch
{
    private const int Reach = 2;
    private const float Beside = 0.5f;
    private const float AfterQuestion = 1.5f;

    /// <summary>Writes the best to <paramref name="neighbours"/>, best first; returns how many.</summary>
    /// <remarks>Only hits give evidence, and hits have passed the filter: what the caller may not see cannot move what it sees.</remarks>
    public static int Run(ShardState state, ReadOnlySpan<ScoredOrdinal> hits, RecallFilter filter, Span<ScoredOrdinal> neighbours)
    {
        var evidence = new Dictionary<int, float>();
        Span<(int Ordinal, int Offset)> around = stackalloc (int, int)[2 * Reach];
        foreach (var hit in hits)
        {
            var entry = state.At(hit.Ordinal)!;
            foreach (var (ordinal, offset) in around[..state.Sources.Around(entry, Reach, around)])
            {
                if (filter.Accepts(ordinal))
                {
                    var weight = offset == 1 && IsQuestion(entry.Record.Text) ? AfterQuestion : Beside;
                    evidence[ordinal] = evidence.GetValueOrDefault(ordinal) + (weight * hit.Score);
                }
            }
        }

        var top = new TopHits(neighbours);
        foreach (var (ordinal, score) in evidence)
        {
            top.Offer(ordinal, score);
        }

        return top.Count;
    }

    // Latin, Greek, full-width and Arabic question marks.
    private static bool IsQuestion(string text) => text.AsSpan().TrimEnd() is [.., '?' or '\u037E' or '\uFF1F' or '\u061F'];
}
