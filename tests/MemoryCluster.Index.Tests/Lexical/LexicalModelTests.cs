using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Index.Tests.Lexical;

/// <summary>Random operations against a dictionary of texts: what exists, what is found, and after reloads and rebuilds the same answers.</summary>
public sealed class LexicalModelTests
{
    private const int Operations = 1_000_000;
    private const int Ordinals = 4_000;

    [Fact]
    public void MillionRandomOperations_AgreeWithTheModel()
    {
        const int seed = 20_260;
        var random = new Random(seed);
        var texts = new ZipfTexts(random);
        var model = new string?[Ordinals];
        var index = new Bm25Index();
        for (var step = 1; step <= Operations; step++)
        {
            var ordinal = random.Next(Ordinals);
            switch (random.Next(100))
            {
                case < 40:
                    Put(index, model, ordinal, texts.Next(random.Next(12)));
                    break;
                case < 75:
                    Assert.Equal(model[ordinal] is not null, index.Remove(ordinal));
                    model[ordinal] = null;
                    break;
                case < 99:
                    Assert.Equal(model[ordinal] is not null, index.Contains(ordinal));
                    break;
                default:
                    AssertFound(index, model, texts.NextQuery(), 1 + random.Next(4), $"seed {seed}, step {step}");
                    break;
            }

            if (step % 100_000 == 0)
            {
                index = Reloaded(index);
                AssertRebuiltIsTheSame(index, model, texts);
            }
        }
    }

    private static void Put(Bm25Index index, string?[] model, int ordinal, string text)
    {
        index.Remove(ordinal);
        index.Add(ordinal, text);
        model[ordinal] = text;
    }

    // The best ten, by the scores of all that exist and that the filter accepts.
    private static void AssertFound(Bm25Index index, string?[] model, string query, int divisor, string because)
    {
        var hits = new ScoredOrdinal[10];
        var count = index.Search(query, hits, new DivisibleBy(divisor));
        var expected = new ScoredOrdinal[10];
        var top = new TopHits(expected);
        for (var ordinal = 0; ordinal < Ordinals; ordinal += divisor)
        {
            var score = index.Score(query, ordinal);
            Assert.True(score == 0 || model[ordinal] is not null, because);
            if (score > 0)
            {
                top.Offer(ordinal, score);
            }
        }

        Assert.True(expected.AsSpan(0, top.Count).SequenceEqual(hits.AsSpan(0, count)), $"{because}: {query}");
    }

    private static Bm25Index Reloaded(Bm25Index index)
    {
        var stream = new MemoryStream();
        index.Save(stream);
        stream.Position = 0;
        var loaded = new Bm25Index();
        loaded.Load(stream);
        return loaded;
    }

    private static void AssertRebuiltIsTheSame(Bm25Index index, string?[] model, ZipfTexts texts)
    {
        var rebuilt = new Bm25Index();
        for (var ordinal = 0; ordinal < Ordinals; ordinal++)
        {
            if (model[ordinal] is { } text)
            {
                rebuilt.Add(ordinal, text);
            }
        }

        Assert.Equal((rebuilt.Count, rebuilt.TermCount), (index.Count, index.TermCount));
        var (hits, expected) = (new ScoredOrdinal[20], new ScoredOrdinal[20]);
        for (var i = 0; i < 20; i++)
        {
            var query = texts.NextQuery();
            var count = index.Search(query, hits, default(AcceptAll));
            Assert.Equal(rebuilt.Search(query, expected, default(AcceptAll)), count);
            Assert.Equal(expected[..count], hits[..count]);
        }
    }
}
