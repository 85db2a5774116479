namespace MemoryCluster.Index.Tests;

public sealed class TopHitsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public void Offers_LeaveTheBest_BestFirst_TiesBySmallerOrdinal(int room)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var candidates = Enumerable.Range(0, 200).Select(i => new ScoredOrdinal(i, random.Next(20))).ToArray();
            random.Shuffle(candidates);
            var hits = new ScoredOrdinal[room];

            var top = new TopHits(hits);
            foreach (var candidate in candidates)
            {
                top.Offer(candidate.Ordinal, candidate.Score);
            }

            var expected = candidates.OrderByDescending(c => c.Score).ThenBy(c => c.Ordinal).Take(room);
            Assert.Equal(expected, hits[..top.Count]);
        }
    }
}
