using System.Runtime.InteropServices;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Embedders;

/// <summary>
/// What the hashed embedder sees in a text: stems of words, pairs of neighbours, and pieces of words, which forgive other forms and
/// typing errors. Hashing of features: K. Weinberger et al., ICML 2009; pieces with word boundaries: P. Bojanowski et al., TACL 2017.
/// </summary>
internal sealed class HashedFeatures
{
    // Measured as evidence recall at 10 on long chats and on encyclopedia passages; none of them is sensitive to a half or a double.
    private const float StopWordWeight = 0.1f;
    private const float PairWeight = 0.5f;
    private const int PieceLengthMin = 3;
    private const int PieceLengthMax = 5;

    private const char WordMark = 'w';
    private const char PairMark = 'p';
    private const char PieceMark = 'c';

    // Ordered, so that sums are rounded alike everywhere.
    private readonly OrderedDictionary<ulong, (float Weight, int Count)> _features = [];

    public static HashedFeatures Of(ReadOnlySpan<char> text)
    {
        var features = new HashedFeatures();
        var tokens = new Tokenizer(text, stackalloc char[Tokenizer.TokenCharsMax]);
        var previous = (Hash: 0UL, Weight: 0f);
        while (tokens.MoveNext())
        {
            var current = features.AddToken(ref tokens);
            if (previous.Weight > 0)
            {
                features.Add(HashOf(PairMark, previous.Hash, current.Hash), PairWeight * MathF.Sqrt(previous.Weight * current.Weight));
            }

            previous = current;
        }

        return features;
    }

    /// <summary>Adds every feature to the component that its hash names, with the hash's sign; repetitions count by their square root.</summary>
    public void AddTo(Span<float> vector)
    {
        foreach (var (hash, (weight, count)) in _features)
        {
            // The mean weight times the root of the count.
            var value = weight / MathF.Sqrt(count);
            vector[(int)((uint)hash % (uint)vector.Length)] += (hash >> 63) == 0 ? value : -value;
        }
    }

    private (ulong Hash, float Weight) AddToken(ref Tokenizer tokens)
    {
        var isStopWord = StopWords.Contains(tokens.Current);
        var weight = isStopWord ? StopWordWeight : WeightOf(tokens.Current.Length);
        if (!isStopWord && tokens.Kind == TokenKind.Word)
        {
            AddPieces(tokens.Current, weight);
        }

        var hash = HashOf(WordMark, tokens.ToTerm());
        Add(hash, weight);
        return (hash, weight);
    }

    // Longer words are rarer and say more. Roots only: they are rounded alike on every machine, powers and logarithms are not.
    private static float WeightOf(int letters) => MathF.Sqrt(MathF.Sqrt(letters));

    private void AddPieces(ReadOnlySpan<char> word, float weight)
    {
        Span<char> bounded = stackalloc char[Tokenizer.TokenCharsMax + 2];
        bounded[0] = '<';
        word.CopyTo(bounded[1..]);
        bounded[word.Length + 1] = '>';
        bounded = bounded[..(word.Length + 2)];

        var pieceWeight = weight / WeightOf(PiecesIn(bounded.Length));
        for (var length = PieceLengthMin; length <= PieceLengthMax; length++)
        {
            for (var start = 0; start + length <= bounded.Length; start++)
            {
                Add(HashOf(PieceMark, bounded.Slice(start, length)), pieceWeight);
            }
        }
    }

    private static int PiecesIn(int length)
    {
        var count = 0;
        for (var piece = PieceLengthMin; piece <= PieceLengthMax; piece++)
        {
            count += Math.Max(0, length - piece + 1);
        }

        return Math.Max(1, count);
    }

    private void Add(ulong hash, float weight)
    {
        if (!_features.TryAdd(hash, (weight, 1), out var index))
        {
            var (sum, count) = _features.GetAt(index).Value;
            _features.SetAt(index, (sum + weight, count + 1));
        }
    }

    private static ulong HashOf(char mark, ReadOnlySpan<char> text)
    {
        Span<char> marked = stackalloc char[Tokenizer.TokenCharsMax + 1];
        marked[0] = mark;
        text.CopyTo(marked[1..]);
        return StableHash.Of(marked[..(text.Length + 1)]);
    }

    private static ulong HashOf(char mark, ulong first, ulong second) =>
        HashOf(mark, MemoryMarshal.Cast<ulong, char>([first, second]));
}
