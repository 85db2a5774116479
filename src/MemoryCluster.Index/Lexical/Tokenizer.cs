using System.Globalization;
using System.Text;

namespace MemoryCluster.Index.Lexical;

/// <summary>
/// Cuts a text into folded tokens without allocating: runs of letters and digits; "n't" stays on its word; scripts written
/// without spaces give every character and every pair of neighbours.
/// </summary>
/// <remarks>A token is valid until the next one: it lies in the buffer that the caller lends.</remarks>
public ref struct Tokenizer
{
    /// <summary>Longer runs (encoded blobs) are known by their first characters.</summary>
    public const int TokenCharsMax = 64;

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _buffer;
    private int _position;
    private int _length;
    private int _bigramStart;

    /// <param name="buffer">Room for at least <see cref="TokenCharsMax"/> characters.</param>
    public Tokenizer(ReadOnlySpan<char> text, Span<char> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer.Length, TokenCharsMax);
        _text = text;
        _buffer = buffer[..TokenCharsMax];
        _bigramStart = -1;
    }

    public readonly ReadOnlySpan<char> Current => _buffer[.._length];

    public TokenKind Kind { get; private set; }

    /// <summary>Where the current token begins in the text.</summary>
    public int Start { get; private set; }

    public bool MoveNext()
    {
        if (_bigramStart >= 0)
        {
            ReadBigram();
            return true;
        }

        while (_position < _text.Length)
        {
            var rune = RuneAt(_position, out var length);
            if (UnsegmentedScripts.Contains(rune))
            {
                ReadIdeograph(rune, length);
                return true;
            }

            if (Rune.IsLetterOrDigit(rune))
            {
                ReadWord();
                if (_length > 0)
                {
                    return true;
                }
            }
            else
            {
                _position += length;
            }
        }

        return false;
    }

    /// <summary>The term by which the current token is indexed: its English stem, stop words whole. Overwrites the token.</summary>
    public ReadOnlySpan<char> ToTerm()
    {
        if (Kind == TokenKind.Word && !StopWords.Contains(Current))
        {
            _length = PorterStemmer.Stem(_buffer[.._length]);
        }

        return Current;
    }

    private readonly Rune RuneAt(int position, out int length)
    {
        var c = _text[position];
        if (char.IsAscii(c))
        {
            length = 1;
            return new Rune(c);
        }

        // A lone surrogate decodes to U+FFFD, which is no letter.
        _ = Rune.DecodeFromUtf16(_text[position..], out var rune, out length);
        return rune;
    }

    private void ReadWord()
    {
        Begin(TokenKind.Number);
        while (_position < _text.Length)
        {
            if (char.IsAsciiLetterOrDigit(_text[_position]))
            {
                AppendAscii(_text[_position++]);
                continue;
            }

            var rune = RuneAt(_position, out var length);
            if (IsNegationSuffix(rune))
            {
                Append(new Rune('\''));
            }
            else if (CharacterFolding.IsIgnoredMark(rune) || CharacterFolding.IsInvisible(rune))
            {
                // Read over: it joins what stands around it.
            }
            else if (IsWordPart(rune))
            {
                Append(rune);
            }
            else
            {
                return;
            }

            _position += length;
        }
    }

    private static bool IsWordPart(Rune rune) =>
        (Rune.IsLetterOrDigit(rune) || IsJoiningMark(rune)) && !UnsegmentedScripts.Contains(rune);

    // Vowel signs of many scripts are marks and part of the word.
    private static bool IsJoiningMark(Rune rune) =>
        !rune.IsAscii
        && !CharacterFolding.IsIgnoredMark(rune)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private readonly bool IsNegationSuffix(Rune rune) =>
        rune.Value is '\'' or 0x2019 or 0x2BC
        && _length > 0 && _buffer[_length - 1] == 'n'
        && _position + 1 < _text.Length && _text[_position + 1] is 't' or 'T'
        && (_position + 2 == _text.Length || !char.IsLetterOrDigit(_text[_position + 2]));

    private void ReadIdeograph(Rune rune, int length)
    {
        Begin(TokenKind.Ideograph);
        Append(rune);
        var next = _position + length;
        if (next < _text.Length && UnsegmentedScripts.Contains(RuneAt(next, out _)))
        {
            _bigramStart = _position;
        }

        _position = next;
    }

    private void ReadBigram()
    {
        var second = _position;
        _position = _bigramStart;
        Begin(TokenKind.Ideograph);
        Append(RuneAt(_bigramStart, out _));
        Append(RuneAt(second, out _));
        _position = second;
        _bigramStart = -1;
    }

    private void Begin(TokenKind kind)
    {
        Start = _position;
        _length = 0;
        Kind = kind;
    }

    private void AppendAscii(char c)
    {
        if (char.IsAsciiLetter(c))
        {
            Kind = TokenKind.Word;
            c = (char)(c | 0x20);
        }

        if (_length < _buffer.Length)
        {
            _buffer[_length++] = c;
        }
    }

    private void Append(Rune rune)
    {
        if (Kind == TokenKind.Number && !Rune.IsDigit(rune))
        {
            Kind = TokenKind.Word;
        }

        Span<char> folded = stackalloc char[2];
        var count = CharacterFolding.Fold(rune, folded);
        if (_length + count <= _buffer.Length)
        {
            folded[..count].CopyTo(_buffer[_length..]);
            _length += count;
        }
    }
}
