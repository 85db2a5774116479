using MemoryCluster.Index;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Benchmarks.Lexical;

/// <summary>Our index over the raw texts: analysis of texts and queries is in its time.</summary>
internal sealed class LexicalSubject
{
    private readonly Bm25Index _index;
    private readonly LexicalCorpus _corpus;

    public LexicalSubject(LexicalCorpus corpus, Bm25Index index)
    {
        _corpus = corpus;
        _index = index;
        var began = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < corpus.Texts.Count; i++)
            _index.Add(i, corpus.Texts[i]);
        IndexSeconds = (Environment.CpuUsage.TotalTime - began).TotalSeconds;
    }

    public double IndexSeconds { get; }

    public double Run<TFilter>(int k, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var hits = new ScoredOrdinal[k];
        var began = Environment.CpuUsage.TotalTime;
        foreach (var query in _corpus.Queries)
            _index.Search(query, hits, filter);
        return (Environment.CpuUsage.TotalTime - began).TotalSeconds;
    }

    public IReadOnlyList<int[]> Answers(int k)
    {
        var hits = new ScoredOrdinal[k];
        return [.. _corpus.Queries.Select(q => hits[.._index.Search(q, hits, default(AcceptAll))].Select(h => h.Ordinal).ToArray())];
    }
}
