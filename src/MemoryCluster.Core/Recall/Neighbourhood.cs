using MemoryCluster.Index.Lexical;
using MemoryCluster.Shards;

namespace MemoryCluster.Recall;

/// <summary>
/// A turn read as one text with the turns around it: BM25 over weighted sums of frequencies before saturation, as BM25F does with the
/// fields of a document (S. Robertson, H. Zaragoza, M. Taylor, CIKM 2004, section 3). An answer seldom repeats the words that it answers.
/// </summary>
internal readonly struct Neighbourhood(ShardState state, TermRows rows, RecallFilter filter)
{
    /// <summary>How many turns away, and how much what is said there counts.</summary>
    public static ReadOnlySpan<(int Offset, float Weight)> Offsets => OffsetTable;

    private static readonly (int Offset, float Weight)[] OffsetTable = [(-2, 0.25f), (-1, 0.5f), (1, 0.5f), (2, 0.25f)];

    /// <summary>BM25 as a share of the most that the query's words could score.</summary>
    public float Score(int ordinal)
    {
        Span<float> sums = stackalloc float[TermQuery.TermsMax];
        var own = rows.Read(state.Lexical, filter, ordinal, out var length);
        for (var t = 0; t < own.Length; t++)
        {
            sums[t] = own[t];
        }

        var (lengths, weights) = ((float)length, 1f);
        foreach (var (offset, weight) in OffsetTable)
        {
            if (state.Sources.Beside(ordinal, offset) is >= 0 and var beside
                && rows.Read(state.Lexical, filter, beside, out var besideLength) is var frequencies && besideLength >= 0)
            {
                for (var t = 0; t < frequencies.Length; t++)
                {
                    sums[t] += weight * frequencies[t];
                }

                lengths += weight * besideLength;
                weights += weight;
            }
        }

        var score = 0f;
        for (var t = 0; t < own.Length; t++)
        {
            score += rows.Terms.Weights[t] * rows.Saturated(sums[t], lengths / weights);
        }

        return score / rows.Terms.WeightTotal;
    }
}
