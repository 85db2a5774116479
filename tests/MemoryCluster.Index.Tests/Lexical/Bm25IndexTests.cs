using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Index.Tests.Lexical;

public sealed class Bm25IndexTests
{
    private static readonly string[] Words =
        ["the", "was", "painting", "painted", "sunrise", "lake", "camping", "2023", "東京", "café", "don't", "adoption", "agency", "of", "dog"];

    [Fact]
    public void RandomOperations_AnswerAsTheFormula()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var index = new Bm25Index(k1: 1.2f, neighbourShare: 0, quotationShare: 0);
            var naive = new NaiveBm25();
            for (var step = 0; step < 150; step++)
            {
                Change(index, naive, random);
                AssertSameAnswers(index, naive, random, $"seed {seed}, step {step}");
            }
        }
    }

    private static void Change(Bm25Index index, NaiveBm25 naive, Random random)
    {
        var ordinal = random.Next(60);
        if (naive.Contains(ordinal))
        {
            naive.Remove(ordinal);
            Assert.True(index.Remove(ordinal));
            return;
        }

        var text = RandomText(random, random.Next(12));
        naive.Add(ordinal, text);
        index.Add(ordinal, text);
    }

    private static void AssertSameAnswers(Bm25Index index, NaiveBm25 naive, Random random, string because)
    {
        var query = RandomText(random, 1 + random.Next(4));
        var hits = new ScoredOrdinal[100];

        var count = index.Search(query, hits, new DivisibleBy(2));

        var expected = naive.Search(query).Where(h => h.Ordinal % 2 == 0).ToDictionary(h => h.Ordinal, h => h.Score);
        Assert.True(expected.Keys.ToHashSet().SetEquals(hits.Take(count).Select(h => h.Ordinal)), $"{because}: {query}");
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(expected[hits[i].Ordinal], hits[i].Score, 1e-4);
            Assert.Equal(hits[i].Score, index.Score(query, hits[i].Ordinal));
            Assert.True(i == 0 || hits[i - 1].IsBetterThan(hits[i]), because);
        }
    }

    private static string RandomText(Random random, int words) => string.Join(' ', random.GetItems(Words, words));

    [Fact]
    public void StopWords_AreDroppedFromAQuery_UnlessNothingElseIsLeft()
    {
        var index = new Bm25Index();
        index.Add(1, "who are you");
        index.Add(2, "the lake");

        Assert.Equal([2], Search(index, "who are you at the lake"));
        Assert.Equal([1], Search(index, "who are you"));
    }

    [Fact]
    public void OtherFormsOfAWord_AreFound()
    {
        var index = new Bm25Index();
        index.Add(1, "She researched ADOPTION agencies.");

        Assert.Equal([1], Search(index, "research an adoption agency"));
    }

    [Fact]
    public void Neighbours_OfTheQuery_CountWhereTheyAreNeighbours()
    {
        var index = new Bm25Index();
        index.Add(1, "river and bank of gold");
        index.Add(2, "gold of river bank and");

        Assert.Equal([2, 1], Search(index, "a river bank"));
        Assert.Equal([1, 2], Search(index, "bank gold river"));
        Assert.Equal([1, 2], Search(index, "bank of gold"));
    }

    [Fact]
    public void Neighbours_ScoreTheirShareAsATerm()
    {
        var plain = new Bm25Index(neighbourShare: 0);
        var index = new Bm25Index(neighbourShare: 0.25f);
        foreach (var (ordinal, text) in new[] { (1, "red fox red fox"), (2, "fox red"), (3, "a dog") })
        {
            plain.Add(ordinal, text);
            index.Add(ordinal, text);
        }

        // Both terms stand in 1 as often as the phrase does, so the phrase scores a quarter of what they do.
        Assert.Equal(1.25 * plain.Score("red fox", 1), index.Score("red fox", 1), 1e-4);
        Assert.Equal(plain.Score("red fox", 2), index.Score("red fox", 2), 1e-4);
    }

    [Theory]
    [InlineData("\"the cat in the hat\"", 2)]
    [InlineData("“the cat in the hat”", 2)]
    [InlineData("\"the cat\"", 1)]
    [InlineData("\"cat", 1)]
    [InlineData("\"cat zebra\"", 1)]
    public void QuotedPhrase_IsPreferred_AsItStands(string query, int best)
    {
        var index = new Bm25Index(neighbourShare: 0);
        index.Add(1, "the cat, hat hat, cat cat hat");
        index.Add(2, "I read about the cat in the hat and a dog and a boat and a moon");
        index.Add(3, "a dog");

        Assert.Equal(best, Search(index, query)[0]);
    }

    [Fact]
    public void RemovalOfTheLastText_LeavesNoTerm()
    {
        var index = new Bm25Index();
        index.Add(1, "a painted lake");
        index.Add(2, "a lake");

        Assert.True(index.Remove(1));
        Assert.True(index.Remove(2));

        Assert.False(index.Remove(2));
        Assert.Equal((0, 0), (index.Count, index.TermCount));
        Assert.Empty(Search(index, "lake"));
    }

    [Fact]
    public void OrdinalAlreadyHeld_IsRefused()
    {
        var index = new Bm25Index();
        index.Add(1, "lake");

        Assert.Throws<ArgumentException>(() => index.Add(1, "sea"));
    }

    [Fact]
    public void EmptyTextsAndQueries_MatchNothing()
    {
        var index = new Bm25Index();
        index.Add(1, "");
        index.Add(2, "…!?");

        Assert.Empty(Search(index, ""));
        Assert.Empty(Search(index, "lake"));
        Assert.Equal(2, index.Count);
    }

    [Fact]
    public void Search_AllocatesNothing()
    {
        var random = new Random(3);
        var index = new Bm25Index();
        for (var i = 0; i < 300; i++)
        {
            index.Add(i, RandomText(random, 10));
        }

        var hits = new ScoredOrdinal[10];
        Assert.Equal(0, Allocations.Of(() => index.Search("When was the \"painted sunrise\" painted at 東京?", hits, new DivisibleBy(2))));
    }

    private static int[] Search(Bm25Index index, string query)
    {
        var hits = new ScoredOrdinal[10];
        return [.. hits.Take(index.Search(query, hits, default(AcceptAll))).Select(h => h.Ordinal)];
    }
}
