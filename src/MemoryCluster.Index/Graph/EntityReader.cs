using System.Text;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Index.Graph;

/// <summary>
/// Reads by rules what a text names: runs of capitalised words, quoted terms, numbers and years, identifiers of code. Each is known by a
/// hash of its folded words, so that "the Golden Gate" and "Golden Gate's" are one. It allocates nothing.
/// </summary>
/// <remarks>
/// A name goes on over small words between capitals ("University of Oxford") and over initials ("J. R. Tolkien"), not over the end of a
/// sentence. A capitalised stop word at its beginning is left off.
/// </remarks>
public ref struct EntityReader(ReadOnlySpan<char> text)
{
    private const int QuotationCharsMax = 80;

    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    /// <summary>The hash of the entity's folded words.</summary>
    public ulong Current { get; private set; }

    /// <summary>What kind of thing it looks like.</summary>
    public EntityKind Kind { get; private set; }

    /// <summary>Where it begins.</summary>
    public int Start { get; private set; }

    /// <summary>Behind its last character; of a quotation, behind its closing mark.</summary>
    public int End { get; private set; }

    public bool MoveNext()
    {
        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (IsOpeningQuote(c) && ReadQuotation())
            {
                return true;
            }

            if (!char.IsLetterOrDigit(c))
            {
                _position++;
                continue;
            }

            var word = WordAt(_position);
            if (IsIdentifier(word))
            {
                (Start, End) = (_position, _position += word.Length);
                return Found(EntityKind.Identifier, FoldedHash(word));
            }

            if (char.IsDigit(c))
            {
                (Start, End) = (_position, _position += word.Length);
                if (word.Length > 1)
                {
                    return Found(EntityKind.Number, FoldedHash(word));
                }
            }
            else if (char.IsUpper(c))
            {
                if (ReadName())
                {
                    return true;
                }
            }
            else
            {
                _position += word.Length;
            }
        }

        return false;
    }

    /// <summary>The hash of a whole title, less what stands in brackets at its end; 0 where it has no word.</summary>
    public static ulong OfTitle(ReadOnlySpan<char> title)
    {
        var bracket = title.IndexOf('(');
        return FoldedHash(WithoutStopWord(bracket > 0 ? title[..bracket] : title));
    }

    // A quotation is also read through for the names in it.
    private bool ReadQuotation()
    {
        var inside = _text[++_position..];
        var end = inside[..Math.Min(inside.Length, QuotationCharsMax)].IndexOfAny('"', '”', '»');
        (Start, End) = (_position - 1, _position + end + 1);
        return end > 1 && FoldedHash(inside[..end]) is not 0 and var hash && Found(EntityKind.Quotation, hash);
    }

    private bool ReadName()
    {
        var start = _position;
        var end = EndOfWord(start);
        _position = end;
        while (NextOfName(end) is > 0 and var next)
        {
            end = _position = next;
        }

        var name = WithoutStopWord(_text[start..end]);
        (Start, End) = (end - name.Length, end);
        return !name.IsEmpty && FoldedHash(name) is not 0 and var hash && Found(EntityKind.Name, hash);
    }

    // Where the name's next capitalised word ends, with at most one small word before it; 0 where the name is over.
    private readonly int NextOfName(int end)
    {
        var next = StartOfNext(end);
        if (next > 0 && IsConnective(WordAt(next)))
        {
            next = StartOfNext(next + WordAt(next).Length);
        }

        return next > 0 && (char.IsUpper(_text[next]) || char.IsDigit(_text[next])) && !IsIdentifier(WordAt(next)) ? EndOfWord(next) : 0;
    }

    private readonly int StartOfNext(int end)
    {
        var isInitial = end < _text.Length && _text[end] == '.' && end >= 1 && char.IsUpper(_text[end - 1]) && (end < 2 || !char.IsLetterOrDigit(_text[end - 2]));
        var at = isInitial ? end + 1 : end;
        return at + 1 < _text.Length && _text[at] == ' ' && char.IsLetterOrDigit(_text[at + 1]) ? at + 1 : 0;
    }

    private readonly int EndOfWord(int start) => start + WordAt(start).Length;

    // Letters and digits, with single marks between them: O'Brien, Jean-Luc, 3.5, snake_case, file.cs.
    private readonly ReadOnlySpan<char> WordAt(int start)
    {
        var end = start + 1;
        while (end < _text.Length
            && (char.IsLetterOrDigit(_text[end]) || _text[end] == '_'
                || (_text[end] is '\'' or '’' or '-' or '.' or '/' or ':' && end + 1 < _text.Length && char.IsLetterOrDigit(_text[end + 1]))))
        {
            end++;
        }

        return _text[start..end];
    }

    private static ReadOnlySpan<char> WithoutStopWord(ReadOnlySpan<char> name)
    {
        var space = name.IndexOf(' ');
        var first = space < 0 ? name : name[..space];
        Span<char> folded = stackalloc char[8];
        if (first.Length > folded.Length || !StopWords.Contains(folded[..first.ToLowerInvariant(folded)]))
        {
            return name;
        }

        return space < 0 ? [] : name[(space + 1)..];
    }

    private static bool IsConnective(ReadOnlySpan<char> word) =>
        word is "of" or "the" or "de" or "la" or "von" or "van" or "der" or "and" or "in" or "for";

    // snake_case, camelCase, File.cs, a/b, x:y; McDonald and U.S. are names, 14:30 is a number.
    private static bool IsIdentifier(ReadOnlySpan<char> word)
    {
        var (hasLetter, hasMark) = (false, false);
        for (var i = 0; i < word.Length; i++)
        {
            hasLetter |= char.IsLetter(word[i]);
            hasMark |= word[i] == '_' || (i > 0 && word[i] is '.' or '/' or ':' && i + 1 < word.Length && char.IsLower(word[i + 1]))
                || (i > 0 && char.IsLower(word[0]) && char.IsUpper(word[i]));
        }

        return hasLetter && hasMark;
    }

    private static bool IsOpeningQuote(char c) => c is '"' or '“' or '«';

    private bool Found(EntityKind kind, ulong hash)
    {
        (Kind, Current) = (kind, hash);
        return true;
    }

    // Runs of letters and digits, folded, with one space between; a possessive's ending is no word.
    private static ulong FoldedHash(ReadOnlySpan<char> words)
    {
        var hash = StableHash.Begin;
        var (any, gap) = (false, false);
        Span<char> folded = stackalloc char[2];
        if (words.EndsWith("'s") || words.EndsWith("’s"))
        {
            words = words[..^2];
        }

        foreach (var rune in words.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune))
            {
                gap |= rune.Value is not ('\'' or '’');
                continue;
            }

            if (any && gap)
            {
                hash = StableHash.Add(hash, ' ');
            }

            foreach (var c in folded[..CharacterFolding.Fold(rune, folded)])
            {
                hash = StableHash.Add(hash, c);
            }

            (any, gap) = (true, false);
        }

        return any ? StableHash.Finish(hash) : 0;
    }
}
