using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Index.Tests.Lexical;

/// <summary>What is pruned must not be missed: every answer is held against the score of every document.</summary>
public sealed class PruningTests
{
    [Theory]
    [InlineData(1, 0f)]
    [InlineData(2, 0.1f)]
    [InlineData(3, 0.5f)]
    public void Search_FindsExactlyTheBest_WithScoresAndTies(int seed, float neighbourShare)
    {
        var random = new Random(seed);
        var texts = new ZipfTexts(random);
        var index = new Bm25Index(neighbourShare: neighbourShare);
        for (var ordinal = 0; ordinal < 10_000; ordinal++)
        {
            // The mean length moves by half and back while blocks are being sealed.
            index.Add(ordinal, texts.Next(1 + random.Next(ordinal is > 4_000 and < 6_000 ? 60 : 15)));
        }

        for (var round = 0; round < 60; round++)
        {
            foreach (var ordinal in random.GetItems(Enumerable.Range(0, 10_000).ToArray(), 80))
            {
                index.Remove(ordinal);
            }

            AssertBest(index, texts.NextQuery(), hits: 1 + random.Next(30), divisor: 1 + random.Next(3), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void TextsAllAlike_TieByOrdinal()
    {
        var index = new Bm25Index();
        for (var i = 0; i < 9_000; i++)
        {
            index.Add((i * 7_919) % 9_000, "the same few words");
        }

        var hits = new ScoredOrdinal[20];

        Assert.Equal(20, index.Search("same words", hits, default(AcceptAll)));
        Assert.Equal(Enumerable.Range(0, 20), hits.Select(h => h.Ordinal));
    }

    [Fact]
    public void Compaction_ChangesNoAnswer()
    {
        var texts = new ZipfTexts(new Random(5));
        var index = new Bm25Index();
        var kept = new Dictionary<int, string>();
        for (var i = 0; i < 6_000; i++)
        {
            var text = texts.Next(12);
            index.Add(i, text);
            if (i % 6 == 0)
            {
                kept.Add(i, text);
            }
        }

        for (var i = 0; i < 6_000; i++)
        {
            Assert.Equal(!kept.ContainsKey(i), i % 6 != 0 && index.Remove(i));
        }

        var rebuilt = new Bm25Index();
        foreach (var (ordinal, text) in kept)
        {
            rebuilt.Add(ordinal, text);
        }

        Assert.Equal((rebuilt.Count, rebuilt.TermCount), (index.Count, index.TermCount));
        for (var i = 0; i < 50; i++)
        {
            var query = texts.NextQuery();
            Assert.Equal(Answers(rebuilt, query), Answers(index, query));
        }
    }

    private static void AssertBest(Bm25Index index, string query, int hits, int divisor, string because)
    {
        var found = new ScoredOrdinal[hits];
        var count = index.Search(query, found, new DivisibleBy(divisor));
        var all = new ScoredOrdinal[hits];
        var top = new TopHits(all);
        for (var ordinal = 0; ordinal < 10_000; ordinal += divisor)
        {
            if (index.Score(query, ordinal) is > 0 and var score)
            {
                top.Offer(ordinal, score);
            }
        }

        Assert.True(all.AsSpan(0, top.Count).SequenceEqual(found.AsSpan(0, count)), $"{because}: {query}");
    }

    private static ScoredOrdinal[] Answers(Bm25Index index, string query)
    {
        var hits = new ScoredOrdinal[10];
        return hits[..index.Search(query, hits, default(AcceptAll))];
    }
}
