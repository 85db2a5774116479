using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

/// <summary>What every vector index promises, whatever it is made of.</summary>
public abstract class VectorIndexContract
{
    private const int Hits = 20;

    protected abstract IVectorIndex Create(int dimensions);

    /// <summary>The least share of the true nearest that a search may find.</summary>
    protected virtual double RecallMin => 1;

    /// <summary>Changes of the writer beside which searches run: a graph takes longer for each.</summary>
    protected virtual int ChangesBesideSearches => 60_000;

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(65)]
    [InlineData(384)]
    public void RandomOperations_AnswerAsADictionary(int dimensions)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var index = Create(dimensions);
            var model = new Dictionary<int, float[]>();
            var (found, possible) = (0, 0);
            for (var step = 0; step < 1_000; step++)
            {
                Change(index, model, random);
                if (step % 100 == 99)
                {
                    var expected = Compare(index, model, random, out var hits);
                    found += hits.Intersect(expected).Count();
                    possible += expected.Length;
                }
            }

            Assert.True(found >= RecallMin * possible, $"seed {seed}: {found} of {possible} found");
        }
    }

    private static void Change(IVectorIndex index, Dictionary<int, float[]> model, Random random)
    {
        var ordinal = random.Next(400) * (random.Next(10) == 0 ? 1_000_003 : 1);
        if (model.Remove(ordinal))
        {
            Assert.True(index.Remove(ordinal));
            return;
        }

        Assert.False(index.Remove(ordinal));
        model.Add(ordinal, random.NextUnitVector(index.Dimensions));
        index.Add(ordinal, model[ordinal]);
    }

    // What exists agrees exactly, and so does every score; the nearest are returned for whoever counts them.
    private static ScoredOrdinal[] Compare(IVectorIndex index, Dictionary<int, float[]> model, Random random, out ScoredOrdinal[] hits)
    {
        var query = random.NextUnitVector(index.Dimensions);
        hits = new ScoredOrdinal[Hits];
        hits = hits[..index.Search(query, hits, new DivisibleBy(3))];

        Assert.Equal(model.Count, index.Count);
        var accepted = model.Keys.Where(ordinal => ordinal % 3 == 0).ToArray();
        Assert.All(accepted, ordinal => Assert.Equal(Dot(query, model[ordinal]), index.Score(query, ordinal), 1e-5));
        Assert.Equal(Math.Min(Hits, accepted.Length), hits.Length);
        Assert.All(hits, hit => Assert.Equal(index.Score(query, hit.Ordinal), hit.Score));
        Assert.Equal(hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Ordinal), hits);
        var scores = new float[accepted.Length];
        index.Score(query, accepted, scores);
        Assert.Equal(accepted.Select(ordinal => index.Score(query, ordinal)), scores);
        return [.. accepted.Select(ordinal => new ScoredOrdinal(ordinal, index.Score(query, ordinal)))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Ordinal).Take(Hits)];
    }

    private static double Dot(float[] left, float[] right) => left.Zip(right, (l, r) => (double)l * r).Sum();

    [Fact]
    public void Removed_IsNotFound_AndItsOrdinalMayReturn()
    {
        var index = Create(2);
        index.Add(7, [1, 0]);
        index.Add(8, [0, 1]);

        Assert.True(index.Remove(7));
        Assert.False(index.Contains(7));
        Assert.False(index.TryCopyTo(7, new float[2]));
        Assert.Equal([8], Search(index, [1, 0]));

        index.Add(7, [0, 1]);
        Assert.Equal([7, 8], Search(index, [0, 1]));
    }

    [Theory]
    [InlineData(new float[] { 1, 0, 0 })]
    [InlineData(new float[] { 1 })]
    [InlineData(new float[] { 0, 0 })]
    [InlineData(new[] { float.NaN, 1 })]
    [InlineData(new[] { float.PositiveInfinity, 1 })]
    public void VectorWithoutDirectionOrOfOtherDimension_IsRefused_AndChangesNothing(float[] vector)
    {
        var index = Create(2);
        index.Add(1, [1, 0]);

        Assert.Throws<ArgumentException>(() => index.Add(2, vector));

        Assert.Equal(1, index.Count);
        Assert.Equal([1], Search(index, [1, 0]));
        index.Add(2, [0, 1]);
        Assert.Equal([2, 1], Search(index, [0, 1]));
    }

    [Fact]
    public void OrdinalAlreadyHeld_IsRefused()
    {
        var index = Create(2);
        index.Add(1, [1, 0]);

        Assert.Throws<ArgumentException>(() => index.Add(1, [0, 1]));
    }

    [Fact]
    public void Query_MayBeZero_ButNotInfiniteOrOfOtherDimension()
    {
        var index = Create(2);
        index.Add(1, [1, 0]);
        index.Add(2, [0, 1]);

        Assert.Equal([1, 2], Search(index, [0, 0]));
        Assert.Throws<ArgumentException>(() => Search(index, [float.NaN, 0]));
        Assert.Throws<ArgumentException>(() => Search(index, [1]));
        Assert.Throws<KeyNotFoundException>(() => index.Score([1, 0], 5));
    }

    [Fact]
    public void ManyScores_HaveZeroForWhatIsNotThere_AndLeaveTheRestOfTheSpan()
    {
        var index = Create(2);
        index.Add(1, [1, 0]);
        index.Add(3, [0.6f, 0.8f]);
        float[] scores = [9, 9, 9, 9];

        index.Score([1, 0], [3, 2, 1], scores);

        Assert.Equal([index.Score([1, 0], 3), 0, 1, 9], scores);
        Assert.Throws<ArgumentException>(() => index.Score([1], [1], new float[1]));
    }

    [Fact]
    public void VectorOfOtherLength_IsScaled_AndAUnitVectorKeepsItsBits()
    {
        var index = Create(2);
        var unit = new Random(3).NextUnitVector(2);
        index.Add(1, [3e30f, 4e30f]);
        index.Add(2, unit);

        var copy = new float[2];
        Assert.True(index.TryCopyTo(1, copy));
        Assert.Equal(0.6f, copy[0], 1e-6);
        Assert.True(index.TryCopyTo(2, copy));
        Assert.Equal(unit, copy);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public void Search_AllocatesNothing(int divisor)
    {
        var random = new Random(5);
        var index = Create(100);
        for (var i = 0; i < 600; i++)
        {
            index.Add(i, random.NextUnitVector(100));
        }

        var query = random.NextUnitVector(100);
        var hits = new ScoredOrdinal[10];
        Assert.Equal(0, Allocations.Of(() => index.Search(query, hits, default(AcceptAll))));
        Assert.Equal(0, Allocations.Of(() => index.Search(query, hits, new DivisibleBy(divisor))));
    }

    [Fact]
    public void SearchBesideAWriter_SeesOnlyWholeVectors()
    {
        const int Dimensions = 48;
        const int Ordinals = 400;
        var index = Create(Dimensions);
        var random = new Random(11);

        // An ordinal's vector never changes from one life to the next: whatever its hit scores must be what its own vector scores.
        var vectors = Enumerable.Range(0, Ordinals).Select(_ => random.NextUnitVector(Dimensions)).ToArray();
        var query = random.NextUnitVector(Dimensions);
        var alone = Create(Dimensions);
        for (var i = 0; i < Ordinals; i++)
        {
            alone.Add(i, vectors[i]);
        }

        var scores = Enumerable.Range(0, Ordinals).Select(ordinal => alone.Score(query, ordinal)).ToArray();
        var written = false;
        var writer = new Thread(() =>
        {
            for (var step = 0; step < ChangesBesideSearches; step++)
            {
                var ordinal = random.Next(Ordinals);
                if (!index.Remove(ordinal))
                {
                    index.Add(ordinal, vectors[ordinal]);
                }
            }

            Volatile.Write(ref written, true);
        });
        writer.Start();
        var hits = new ScoredOrdinal[Hits];
        var wrong = 0;
        while (!Volatile.Read(ref written))
        {
            foreach (var hit in hits.AsSpan(0, index.Search(query, hits, default(AcceptAll))))
            {
                wrong += hit.Score == scores[hit.Ordinal] ? 0 : 1;
            }
        }

        writer.Join();
        Assert.Equal(0, wrong);
    }

    private protected static int[] Search(IVectorIndex index, float[] query)
    {
        var hits = new ScoredOrdinal[10];
        return [.. hits.Take(index.Search(query, hits, default(AcceptAll))).Select(hit => hit.Ordinal)];
    }
}
