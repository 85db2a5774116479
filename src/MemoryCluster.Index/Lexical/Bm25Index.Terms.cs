using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemoryCluster.Index.Lexical;

/// <content>What rankers ask beyond BM25: which of a query's terms stand how often in a document.</content>
public sealed partial class Bm25Index
{
    /// <summary>Reads a query's terms without stop words; with them where it has no other.</summary>
    public void Read(ReadOnlySpan<char> query, TermQuery terms)
    {
        terms.Clear(Count == 0 ? 1 : (float)_lengthTotal / Count);
        ReadTerms(query, terms, keepStopWords: false);
        if (terms.Count == 0)
        {
            ReadTerms(query, terms, keepStopWords: true);
        }
    }

    /// <summary>
    /// Writes how often each of the terms stands in the document, 255 for more, and returns the document's length without stop words;
    /// -1 where there is no such document.
    /// </summary>
    public int CountTerms(TermQuery terms, int ordinal, Span<byte> frequencies)
    {
        frequencies[..terms.Count].Clear();
        if (!_slotOf.TryGetValue(ordinal, out var slot))
        {
            return -1;
        }

        if (terms.IsWide)
        {
            CountWide(terms.Terms, slot, frequencies);
        }
        else
        {
            CountNarrow(terms.Terms, _sequences.Padded(_spans[slot]), _spans[slot].Count, frequencies);
        }

        return (int)_lengths[slot];
    }

    /// <summary>Whether the document's first tokens are all terms of the query or stop words, and at least one is a term.</summary>
    public bool BeginsWithin(TermQuery terms, int ordinal, int tokenCount)
    {
        var named = false;
        if (tokenCount == 0 || !_slotOf.TryGetValue(ordinal, out var slot))
        {
            return false;
        }

        var reader = _sequences.Read(_spans[slot]);
        for (var i = 0; i < tokenCount && reader.MoveNext(); i++)
        {
            if (terms.Terms.Contains(reader.Current))
            {
                named = true;
            }
            else if (!StopWords.Contains(_terms.TextOf(reader.Current)))
            {
                return false;
            }
        }

        return named;
    }

    /// <summary>
    /// The words of a text that the fewest documents hold, and at least two, so that they lead from one document to others; rarest first, with
    /// a space between.
    /// </summary>
    /// <param name="count">Words at most.</param>
    /// <param name="holdersMax">Documents that may hold one at most.</param>
    public string RareWordsOf(ReadOnlySpan<char> text, int count, int holdersMax)
    {
        var words = new List<(int Holders, string Word)>();
        var seen = new HashSet<int>();
        var tokens = new Tokenizer(text, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            var word = tokens.Current.ToString();
            var term = TermAnalyzer.Current.Read(ref tokens);
            if (!term.IsStopWord && _terms.Find(term.Text, term.Hash) is >= 0 and var id && seen.Add(id)
                && _lists[id].Count is > 1 and var holders && holders <= holdersMax)
            {
                words.Add((holders, word));
            }
        }

        return string.Join(' ', words.OrderBy(word => word.Holders).Take(count).Select(word => word.Word));
    }

    /// <summary>BM25's weight of a term, as <see cref="Tokenizer.ToTerm"/> gives it: the more the fewer documents hold it.</summary>
    /// <param name="term">The term.</param>
    /// <param name="countMin">As if there were so many documents at least: of few, what all of them say need not be what everybody says.</param>
    public float RarityOf(ReadOnlySpan<char> term, int countMin)
    {
        var holders = _terms.Find(term, TermTable.Hash(term)) is >= 0 and var id ? _lists[id].Count : 0;
        return MathF.Log(1 + ((Math.Max(Count, countMin) - holders + 0.5f) / (holders + 0.5f)));
    }

    private void ReadTerms(ReadOnlySpan<char> query, TermQuery terms, bool keepStopWords)
    {
        var tokens = new Tokenizer(query, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            var term = TermAnalyzer.Current.Read(ref tokens);
            if (!keepStopWords && term.IsStopWord)
            {
                continue;
            }

            if (_terms.Find(term.Text, term.Hash) is >= 0 and var id)
            {
                terms.Add(id, RarityOf(_lists[id].Count));
            }
            else
            {
                terms.AddUnknown(RarityOf(0));
            }
        }
    }

    // BM25's weight of a term without its factor.
    private float RarityOf(int holders) => MathF.Log(1 + ((Count - holders + 0.5f) / (holders + 0.5f)));

    // Sixteen tokens at a time; what is read behind the text is masked out.
    private static void CountNarrow(ReadOnlySpan<int> terms, ReadOnlySpan<ushort> padded, int count, Span<byte> frequencies)
    {
        ref var first = ref MemoryMarshal.GetReference(padded);
        for (var from = 0; from < count; from += Vector256<ushort>.Count)
        {
            var tokens = Vector256.LoadUnsafe(ref first, (nuint)from);
            var inText = count - from >= Vector256<ushort>.Count ? uint.MaxValue : (1u << (count - from)) - 1;
            for (var t = 0; t < terms.Length; t++)
            {
                var stands = Vector256.Equals(tokens, Vector256.Create((ushort)terms[t])).ExtractMostSignificantBits() & inText;
                if (stands != 0)
                {
                    frequencies[t] = (byte)Math.Min(byte.MaxValue, frequencies[t] + BitOperations.PopCount(stands));
                }
            }
        }
    }

    private void CountWide(ReadOnlySpan<int> terms, int slot, Span<byte> frequencies)
    {
        var reader = _sequences.Read(_spans[slot]);
        while (reader.MoveNext())
        {
            if (terms.IndexOf(reader.Current) is >= 0 and var t && frequencies[t] < byte.MaxValue)
            {
                frequencies[t]++;
            }
        }
    }
}
