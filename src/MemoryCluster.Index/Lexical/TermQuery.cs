namespace MemoryCluster.Index.Lexical;

/// <summary>
/// A query's distinct terms that an index knows, with their weights: read once, then held against as many documents as there are
/// candidates. One query at a time; not shared between threads.
/// </summary>
public sealed class TermQuery
{
    /// <summary>Terms that are counted; further ones of a very long query only select candidates.</summary>
    public const int TermsMax = 32;

    private readonly int[] _terms = new int[TermsMax];
    private readonly float[] _weights = new float[TermsMax];

    /// <summary>Terms held.</summary>
    public int Count { get; private set; }

    /// <summary>Each term's inverse document frequency, in the order of the query.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Count);

    /// <summary>The same with zeros behind them, <see cref="TermsMax"/> in all: to be read many at a time.</summary>
    public ReadOnlySpan<float> PaddedWeights => _weights;

    /// <summary>
    /// The sum of all weights, with those of words that no document has: so that a document which has the one word known to a small
    /// collection does not seem to have all that was asked for.
    /// </summary>
    public float WeightTotal { get; private set; }

    /// <summary>The weight of the rarest term or unknown word.</summary>
    public float WeightMax { get; private set; }

    /// <summary>The documents' mean length in terms without stop words; at least 1.</summary>
    public float MeanLength { get; private set; } = 1;

    internal ReadOnlySpan<int> Terms => _terms.AsSpan(0, Count);

    internal bool IsWide { get; private set; }

    internal void Clear(float meanLength)
    {
        Count = 0;
        Array.Clear(_weights);
        WeightTotal = WeightMax = 0;
        IsWide = false;
        MeanLength = Math.Max(1, meanLength);
    }

    internal void Add(int term, float weight)
    {
        if (Count == TermsMax || Terms.Contains(term))
        {
            return;
        }

        _terms[Count] = term;
        _weights[Count++] = weight;
        IsWide |= term >= TokenSequences.Wide;
        AddUnknown(weight);
    }

    internal void AddUnknown(float weight)
    {
        WeightTotal += weight;
        WeightMax = Math.Max(WeightMax, weight);
    }
}
