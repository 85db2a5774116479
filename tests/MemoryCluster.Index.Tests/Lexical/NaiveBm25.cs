using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Index.Tests.Lexical;

/// <summary>BM25 as the formula stands, over all documents, in double precision.</summary>
internal sealed class NaiveBm25
{
    private readonly Dictionary<int, (List<string> Terms, int Length)> _documents = [];

    public void Add(int ordinal, string text) => _documents.Add(ordinal, (Terms(text, dropStopWords: false), Terms(text, true).Count));

    public void Remove(int ordinal) => _documents.Remove(ordinal);

    public bool Contains(int ordinal) => _documents.ContainsKey(ordinal);

    public IEnumerable<(int Ordinal, double Score)> Search(string query)
    {
        var terms = Terms(query, dropStopWords: true) is { Count: > 0 } kept ? kept : Terms(query, false);
        return _documents.Keys.Select(ordinal => (ordinal, Score(terms, ordinal))).Where(hit => hit.Item2 > 0);
    }

    private double Score(List<string> query, int ordinal)
    {
        var (terms, length) = _documents[ordinal];
        var meanLength = _documents.Values.Average(d => d.Length);
        var relativeLength = meanLength == 0 ? 1 : length / meanLength;
        return query.Sum(term =>
        {
            var frequency = terms.Count(t => t == term);
            var holders = _documents.Values.Count(d => d.Terms.Contains(term));
            var weight = Math.Log(1 + ((_documents.Count - holders + 0.5) / (holders + 0.5)));
            return weight * frequency * 2.2 / (frequency + (1.2 * (meanLength == 0 ? 1 : 0.25 + (0.75 * relativeLength))));
        });
    }

    private static List<string> Terms(string text, bool dropStopWords)
    {
        var terms = new List<string>();
        var tokens = new Tokenizer(text, new char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            if (!dropStopWords || !StopWords.Contains(tokens.Current))
            {
                terms.Add(tokens.ToTerm().ToString());
            }
        }

        return terms;
    }
}
