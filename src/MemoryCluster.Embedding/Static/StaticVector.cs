using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Embedders;

/// <summary>From what was read to a vector: meaning in the first components, the words themselves in the others.</summary>
internal static class StaticVector
{
    // Measured beside the whole words on the training sets, each left out once; a half or a double changes little.
    private const float PiecesWeight = 0.5f;

    // A piece has its own way to its component, so that it is not taken for a word of the same letters.
    private const ulong PieceMark = 0xC2B2AE3D27D4EB4F;

    /// <param name="reading">What was read.</param>
    /// <param name="model">The model that it was read with.</param>
    /// <param name="vector">All zero, of the model's length.</param>
    public static void Fill(TextReading reading, StaticModel model, Span<float> vector)
    {
        var semantic = vector[..model.Parts.SemanticDimensions];
        var lexical = vector[model.Parts.SemanticDimensions..];
        AddMeaning(reading.Tokens, model, semantic);
        AddWords(reading, lexical);
        Balance(model.Parts.SemanticShare, semantic, lexical);

        // A text without any letter or digit has one direction, the same for all such texts.
        if (!UnitVector.TryNormalize(vector))
        {
            vector[0] = 1;
        }
    }

    /// <summary>
    /// The sum of the tokens' vectors, each less for what it only repeats of the whole: a frequent or self-evident part no longer hides the
    /// rest. Weighted sums as sentence vectors: S. Arora, Y. Liang, T. Ma, ICLR 2017; their weights by frequency are in the rows' lengths.
    /// </summary>
    public static void AddMeaning(ReadOnlySpan<int> tokens, StaticModel model, Span<float> semantic)
    {
        Span<float> whole = stackalloc float[semantic.Length];
        whole.Clear();
        foreach (var token in tokens)
        {
            FixedOrder.Add(whole, model.Row(token), 1);
        }

        var norm = FixedOrder.Norm(whole);
        foreach (var token in tokens)
        {
            var length = norm * model.Norm(token);
            var agreement = length > 0 ? FixedOrder.Dot(model.Row(token), whole) / length : 0;
            FixedOrder.Add(semantic, model.Row(token), 1 - (model.Parts.ContextDiscount * agreement));
        }
    }

    // Hashing of features: K. Weinberger et al., ICML 2009, section 2. Repetitions count by their square root.
    private static void AddWords(TextReading reading, Span<float> lexical)
    {
        foreach (var word in reading.Words)
        {
            var weight = word.Weight * MathF.Sqrt(word.Count);
            AddHashed(lexical, word.Term, weight);
            var pieces = reading.PiecesOf(word);
            if (pieces.IsEmpty)
            {
                continue;
            }

            var pieceWeight = PiecesWeight * weight / MathF.Sqrt(MathF.Sqrt(pieces.Length));
            foreach (var piece in pieces)
            {
                AddHashed(lexical, piece * PieceMark, pieceWeight);
            }
        }
    }

    private static void AddHashed(Span<float> lexical, ulong hash, float weight)
    {
        var index = (int)(((hash & uint.MaxValue) * (uint)lexical.Length) >> 32);
        lexical[index] += (hash >> 63) == 0 ? weight : -weight;
    }

    // Each part at its share of the squared length, whatever their sums were; where one is empty, the other is all.
    private static void Balance(float semanticShare, Span<float> semantic, Span<float> lexical)
    {
        var (meaning, words) = (FixedOrder.Norm(semantic), FixedOrder.Norm(lexical));
        if (meaning > 0 && words > 0)
        {
            FixedOrder.Scale(semantic, MathF.Sqrt(semanticShare) / meaning);
            FixedOrder.Scale(lexical, MathF.Sqrt(1 - semanticShare) / words);
        }
    }
}
