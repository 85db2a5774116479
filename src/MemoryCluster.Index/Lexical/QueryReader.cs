namespace MemoryCluster.Index.Lexical;

/// <summary>Reads a query's terms and phrases into the scratch.</summary>
internal static class QueryReader
{
    public static void Read(ReadOnlySpan<char> query, TermTable terms, LexicalScratch scratch, PhraseShares shares)
    {
        // Of stop words alone there are no pairs: documents keep none of them.
        var keepStopWords = HasOnlyStopWords(query);
        var makePairs = shares.Neighbours > 0 && !keepStopWords;
        var tokens = new Tokenizer(query, stackalloc char[Tokenizer.TokenCharsMax]);
        var (neighbour, neighbourPosition) = (-1, 0);
        for (var position = 0; tokens.MoveNext(); position++)
        {
            var isIdeograph = tokens.Kind == TokenKind.Ideograph;
            var term = TermAnalyzer.Current.Read(ref tokens);
            if (term.IsStopWord && !keepStopWords)
            {
                continue;
            }

            var id = terms.Find(term.Text, term.Hash);
            var number = id < 0 ? -1 : scratch.Add(id);
            var distance = position - neighbourPosition;
            if (id >= 0 && neighbour >= 0 && distance <= PairSignature.DistanceMax && makePairs && !isIdeograph)
            {
                scratch.Phrases.AddTerm(neighbour, scratch.NumberOf(neighbour), 0);
                scratch.Phrases.AddTerm(id, number, distance);
                scratch.Phrases.Close(shares.Neighbours, PairSignature.Of(neighbour, id, distance));
            }

            (neighbour, neighbourPosition) = (isIdeograph ? -1 : id, position);
        }

        scratch.Phrases.AreStopWords = keepStopWords;
        ReadQuotations(query, terms, scratch, shares.Quotations);
    }

    private static bool HasOnlyStopWords(ReadOnlySpan<char> query)
    {
        var tokens = new Tokenizer(query, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            if (!StopWords.Contains(tokens.Current))
            {
                return false;
            }
        }

        return true;
    }

    private static void ReadQuotations(ReadOnlySpan<char> query, TermTable terms, LexicalScratch scratch, float share)
    {
        while (share > 0 && query.IndexOfAny('"', '“') is >= 0 and var open)
        {
            query = query[(open + 1)..];
            var close = query.IndexOfAny('"', '”');
            if (close < 0)
            {
                return;
            }

            ReadQuotation(query[..close], terms, scratch, share);
            query = query[(close + 1)..];
        }
    }

    private static void ReadQuotation(ReadOnlySpan<char> quotation, TermTable terms, LexicalScratch scratch, float share)
    {
        var tokens = new Tokenizer(quotation, stackalloc char[Tokenizer.TokenCharsMax]);
        var position = 0;
        for (; tokens.MoveNext(); position++)
        {
            var term = TermAnalyzer.Current.Read(ref tokens);
            var id = terms.Find(term.Text, term.Hash);
            if (id < 0)
            {
                // Nobody has said this.
                scratch.Phrases.Drop();
                return;
            }

            scratch.Phrases.AddTerm(id, scratch.NumberOf(id), position);
        }

        if (position > 1)
        {
            scratch.Phrases.Close(share, PairSignature.Any);
        }
        else
        {
            scratch.Phrases.Drop();
        }
    }
}
