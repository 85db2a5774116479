using System.Numerics.Tensors;
using MemoryCluster.Evaluation.Sets;
using MemoryCluster.Evaluation.Yardsticks;
using MemoryCluster.Index;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Evaluation.Embedders;

/// <summary>The share of a question's evidence among the first ten passages: by vectors alone, by BM25 alone, and by both in rank fusion.</summary>
internal sealed record RetrievalMeasure(double Vectors, double Lexical, double Fused)
{
    private const int Depth = 10;
    private const int Candidates = 100;

    public static RetrievalMeasure[] Of(TextModel model, RetrievalSet set, float vectorWeight)
    {
        var lexical = new Bm25Index();
        foreach (var (position, passage) in set.Passages.Index())
        {
            lexical.Add(position, passage);
        }

        var passages = new float[set.Passages.Count][];
        Parallel.For(0, passages.Length, i => passages[i] = model.Embed(set.Passages[i]));
        var measures = new RetrievalMeasure[set.Questions.Count];
        Parallel.For(0, measures.Length, i => measures[i] = Of(model, set.Questions[i], passages, lexical, vectorWeight));
        return measures;
    }

    private static RetrievalMeasure Of(TextModel model, Question question, float[][] passages, Bm25Index lexical, float vectorWeight)
    {
        var query = model.Embed(question.Text);
        var byVectors = new ScoredOrdinal[Math.Min(Candidates, passages.Length)];
        var top = new TopHits(byVectors);
        for (var i = 0; i < passages.Length; i++)
        {
            top.Offer(i, TensorPrimitives.Dot<float>(query, passages[i]));
        }

        var byWords = new ScoredOrdinal[Candidates];
        byWords = byWords[..lexical.Search(question.Text, byWords, default(AcceptAll))];
        var fused = RankFusion.Fuse(byWords, byVectors, vectorWeight, Depth);
        return new RetrievalMeasure(RecallOf(byVectors, question), RecallOf(byWords, question), RecallOf(fused, question));
    }

    private static double RecallOf(ReadOnlySpan<ScoredOrdinal> hits, Question question)
    {
        var found = 0;
        foreach (var hit in hits[..Math.Min(Depth, hits.Length)])
        {
            found += question.Gold.Contains(hit.Ordinal) ? 1 : 0;
        }

        return (double)found / question.Gold.Count;
    }
}
