using System.Runtime.InteropServices;
using System.Text;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Embedders;

/// <summary>What a static model sees in a text: tokens for the meaning, and words with their pieces. Used again and again.</summary>
internal sealed class TextReading
{
    // Longer texts leave no large tables behind.
    private const int WordsKept = 4_096;

    private const float StopWordWeight = 0.1f;
    private const int PieceLengthMin = 3;
    private const int PieceLengthMax = 5;

    [ThreadStatic]
    private static TextReading? current;

    private readonly List<int> _tokens = [];
    private readonly List<ReadWord> _words = [];
    private readonly List<ulong> _pieces = [];
    private readonly Dictionary<ulong, int> _wordOf = [];

    /// <summary>The tokens that the model has vectors for, in order.</summary>
    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(_tokens);

    /// <summary>The distinct words, in the order in which they were first met.</summary>
    public ReadOnlySpan<ReadWord> Words => CollectionsMarshal.AsSpan(_words);

    /// <summary>Hashes of a word's pieces.</summary>
    public ReadOnlySpan<ulong> PiecesOf(ReadWord word) =>
        CollectionsMarshal.AsSpan(_pieces)[word.PiecesStart..word.PiecesEnd];

    /// <summary>The calling thread's own reading, valid until its next one.</summary>
    public static TextReading Of(ReadOnlySpan<char> text, StaticModel model)
    {
        if (current is null || current._words.Capacity > WordsKept)
        {
            current = new TextReading();
        }

        current.Read(text, model);
        return current;
    }

    private void Read(ReadOnlySpan<char> text, StaticModel model)
    {
        _tokens.Clear();
        _words.Clear();
        _pieces.Clear();
        _wordOf.Clear();
        var tokenizer = new Tokenizer(text, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokenizer.MoveNext())
        {
            Add(ref tokenizer, model);
        }
    }

    private void Add(ref Tokenizer tokenizer, StaticModel model)
    {
        var surface = tokenizer.Current;
        if (tokenizer.Kind != TokenKind.Ideograph || IsOneCharacter(surface))
        {
            AddTokens(surface, model);
        }

        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_wordOf, StableHash.Of(surface), out var isKnown);
        if (!isKnown)
        {
            index = _words.Count;
            _words.Add(Word(ref tokenizer, model));
        }

        ref var word = ref CollectionsMarshal.AsSpan(_words)[index];
        word = word with { Count = word.Count + 1 };
    }

    private static bool IsOneCharacter(ReadOnlySpan<char> ideograph) =>
        Rune.DecodeFromUtf16(ideograph, out _, out var length) == System.Buffers.OperationStatus.Done && length == ideograph.Length;

    // The table of tokens knows "don" and "t", and no apostrophe.
    private void AddTokens(ReadOnlySpan<char> surface, StaticModel model)
    {
        var apostrophe = surface.IndexOf('\'');
        if (apostrophe < 0)
        {
            model.Split(surface, _tokens);
            return;
        }

        model.Split(surface[..apostrophe], _tokens);
        model.Split(surface[(apostrophe + 1)..], _tokens);
    }

    private ReadWord Word(ref Tokenizer tokenizer, StaticModel model)
    {
        var start = _pieces.Count;
        var isStopWord = StopWords.Contains(tokenizer.Current);
        if (!isStopWord && tokenizer.Kind == TokenKind.Word)
        {
            AddPieces(tokenizer.Current);
        }

        var term = StableHash.Of(tokenizer.ToTerm());
        return new ReadWord(term, isStopWord ? StopWordWeight : model.WeightOf(term), start, _pieces.Count, 0);
    }

    // Pieces with the word's bounds, which forgive other forms and typing errors: P. Bojanowski et al., TACL 2017, section 3.2.
    private void AddPieces(ReadOnlySpan<char> word)
    {
        Span<char> bounded = stackalloc char[Tokenizer.TokenCharsMax + 2];
        bounded[0] = '<';
        word.CopyTo(bounded[1..]);
        bounded[word.Length + 1] = '>';
        bounded = bounded[..(word.Length + 2)];
        for (var length = PieceLengthMin; length <= PieceLengthMax; length++)
        {
            for (var start = 0; start + length <= bounded.Length; start++)
            {
                _pieces.Add(StableHash.Of(bounded.Slice(start, length)));
            }
        }
    }
}
