using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Embedders;

/// <summary>A static model's tables, ready for use. Immutable.</summary>
internal sealed class StaticModel
{
    private const float ByteMax = 255;
    private const ulong ContinuationMark = 0x9E3779B97F4A7C15;

    private readonly float[] _rows;
    private readonly float[] _norms;
    private readonly HashTable _tokens;
    private readonly HashTable _terms;

    public StaticModel(StaticModelParts parts)
    {
        Parts = parts;
        _tokens = new HashTable(parts.Tokens);
        _terms = new HashTable(parts.Terms);
        _rows = new float[parts.Rows.Length];
        _norms = new float[parts.Tokens.Length];
        for (var token = 0; token < _norms.Length; token++)
        {
            var row = Row(token);
            var start = token * parts.SemanticDimensions;
            for (var i = 0; i < row.Length; i++)
            {
                _rows[start + i] = parts.Rows[start + i] * parts.Scales[token];
            }

            _norms[token] = FixedOrder.Norm(row);
        }
    }

    public StaticModelParts Parts { get; }

    public int Dimensions => Parts.SemanticDimensions + Parts.LexicalDimensions;

    public ReadOnlySpan<float> Row(int token) => _rows.AsSpan(token * Parts.SemanticDimensions, Parts.SemanticDimensions);

    public float Norm(int token) => _norms[token];

    /// <summary>1 for a term that is not known: rare words say most.</summary>
    public float WeightOf(ulong term) => _terms.TryFind(term, out var index) ? Parts.TermWeights[index] / ByteMax : 1;

    /// <summary>
    /// The tokens of a folded word, the longest known beginning first (WordPiece: Y. Wu et al., "Google's Neural Machine Translation
    /// System", 2016, section 4.1). A word of which any part is unknown has none.
    /// </summary>
    public void Split(ReadOnlySpan<char> word, List<int> tokens)
    {
        var before = tokens.Count;
        for (var start = 0; start < word.Length;)
        {
            var length = Math.Min(word.Length - start, Parts.TokenCharsMax);
            int token;
            while (!_tokens.TryFind(HashOf(word.Slice(start, length), start > 0), out token))
            {
                if (--length == 0)
                {
                    tokens.RemoveRange(before, tokens.Count - before);
                    return;
                }
            }

            tokens.Add(token);
            start += length;
        }
    }

    /// <summary>The hash by which a token is known: one that continues a word is another than the one that begins it.</summary>
    public static ulong HashOf(ReadOnlySpan<char> token, bool isContinuation)
    {
        var hash = StableHash.Of(token);
        return isContinuation ? (hash ^ (hash >> 29)) * ContinuationMark : hash;
    }
}
