using System.Runtime.Intrinsics;
using MemoryCluster.Shards;

namespace MemoryCluster.Recall;

/// <summary>
/// A turn read as one text with the turns around it: BM25 over weighted sums of frequencies before saturation, as BM25F does with the
/// fields of a document (S. Robertson, H. Zaragoza, M. Taylor, CIKM 2004, section 3). An answer seldom repeats the words that it answers.
/// </summary>
internal readonly struct Neighbourhood(ShardState state, TermRows rows)
{
    /// <summary>How much what is said there counts: two turns before, one before, one after, two after.</summary>
    private static ReadOnlySpan<float> Weights => [0.25f, 0.5f, 0.5f, 0.25f];

    /// <summary>BM25 as a share of the most that the query's words could score.</summary>
    public float Score(int ordinal, in RecallFilter filter)
    {
        var own = rows.RowOf(state.Lexical, filter, ordinal);
        Span<int> beside = stackalloc int[SourceOrder.AroundCount];
        state.Sources.Around(ordinal, beside);
        var (lengths, weights) = ((float)rows.LengthOf(own), 1f);
        for (var i = 0; i < beside.Length; i++)
        {
            if (beside[i] >= 0)
            {
                beside[i] = rows.RowOf(state.Lexical, filter, beside[i]);
                if (rows.LengthOf(beside[i]) is >= 0 and var length)
                {
                    lengths += Weights[i] * length;
                    weights += Weights[i];
                }
            }
        }

        var score = Vector256<float>.Zero;
        var norm = Vector256.Create(rows.NormOf(lengths / weights));
        for (var block = 0; block < rows.Blocks; block++)
        {
            var sums = rows.FrequenciesOf(own, block);
            for (var i = 0; i < beside.Length; i++)
            {
                // What is hidden has a row of zeros.
                sums += beside[i] >= 0 ? Weights[i] * rows.FrequenciesOf(beside[i], block) : Vector256<float>.Zero;
            }

            score += rows.WeightsOf(block) * (sums / (sums + norm));
        }

        return TermRows.SumOf(score) / rows.Terms.WeightTotal;
    }
}
