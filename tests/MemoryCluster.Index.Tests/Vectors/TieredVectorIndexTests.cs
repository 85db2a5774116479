using System.Runtime.InteropServices;
using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

public sealed class TieredVectorIndexTests : IDisposable
{
    private const int Dimensions = 200;
    private const int Ordinals = 700;

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RandomLives_AnswerAsADictionary_WhateverThePrecision(int seed)
    {
        var random = new Random(seed);
        var mixture = new Mixture(Dimensions, 20, seed);
        var index = new TieredVectorIndex(Dimensions, 1);
        var model = new Dictionary<int, (float[] Vector, int Bits)>();
        for (var step = 0; step < 6_000; step++)
        {
            var ordinal = random.Next(Ordinals);
            var bits = TieredVectorIndex.Precisions[random.Next(4)];
            switch (random.Next(20))
            {
                case < 8 when !model.ContainsKey(ordinal):
                    model[ordinal] = (mixture.Next(), bits);
                    index.Add(ordinal, model[ordinal].Vector, bits);
                    break;
                case < 13 when model.TryGetValue(ordinal, out var held):
                    Assert.True(index.Remove(ordinal));
                    index.Add(ordinal, held.Vector, bits);
                    model[ordinal] = (held.Vector, bits);
                    break;
                case < 18:
                    Assert.Equal(model.Remove(ordinal), index.Remove(ordinal));
                    break;
                case 18:
                    index.Trim(random.Next(40));
                    break;
                case 19 when random.Next(40) == 0:
                    index = Reload(index);
                    break;
                default:
                    break;
            }

            if (step % 500 == 499)
            {
                Compare(index, model, mixture);
            }
        }
    }

    private static void Compare(TieredVectorIndex index, Dictionary<int, (float[] Vector, int Bits)> model, Mixture mixture)
    {
        Assert.Equal((model.Count, model.Values.Count(held => held.Bits < 32)), (index.Count, index.PackedCount));
        var copy = new float[Dimensions];
        for (var ordinal = 0; ordinal < Ordinals; ordinal++)
        {
            var isThere = model.TryGetValue(ordinal, out var held);
            Assert.Equal((isThere, held.Bits), (index.Contains(ordinal), index.BitsOf(ordinal)));
            Assert.Equal(isThere && held.Bits == 32, index.TryCopyTo(ordinal, copy) && copy.SequenceEqual(held.Vector));
            Assert.Equal(isThere, index.TryRestore(ordinal, copy));
            if (isThere)
            {
                Assert.True(index.Holds(ordinal, held.Vector));
                Assert.False(index.Holds(ordinal, mixture.Next()));
                Assert.Equal(1, index.Score(held.Vector, ordinal), 1e-3);
            }
        }

        var query = mixture.Next();
        var hits = new ScoredOrdinal[30];
        hits = hits[..index.Search(query, hits, new DivisibleBy(3))];
        Assert.Equal(Math.Min(30, model.Keys.Count(ordinal => ordinal % 3 == 0)), hits.Length);
        Assert.All(hits, hit => Assert.Equal(index.Score(query, hit.Ordinal), hit.Score));
        Assert.Equal(hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Ordinal), hits);
        var scores = new float[Ordinals];
        index.Score(query, [.. Enumerable.Range(0, Ordinals)], scores);
        Assert.Equal(Enumerable.Range(0, Ordinals).Select(ordinal => index.Contains(ordinal) ? index.Score(query, ordinal) : 0), scores);
    }

    [Theory]
    [InlineData(8, 0.98, 0.002)]
    [InlineData(4, 0.86, 0.02)]
    [InlineData(2, 0.64, 0.07)]
    public void LowerPrecision_FindsNearlyTheSame_AndItsScoresNeitherShrinkNorGrow(int bits, double recallMin, double errorMax)
    {
        var mixture = new Mixture(Dimensions, 20, 5);
        var (packed, full) = (new TieredVectorIndex(Dimensions, 1), new FlatVectorIndex(Dimensions));
        for (var ordinal = 0; ordinal < 2_000; ordinal++)
        {
            var vector = mixture.Next();
            packed.Add(ordinal, vector, bits);
            full.Add(ordinal, vector);
        }

        var (found, errors) = (0, new List<double>());
        var (hits, expected) = (new ScoredOrdinal[10], new ScoredOrdinal[10]);
        for (var i = 0; i < 100; i++)
        {
            var query = mixture.Next();
            packed.Search(query, hits, default(AcceptAll));
            full.Search(query, expected, default(AcceptAll));
            found += hits.Select(hit => hit.Ordinal).Intersect(expected.Select(hit => hit.Ordinal)).Count();
            errors.AddRange(Enumerable.Range(0, 200).Select(ordinal => (double)packed.Score(query, ordinal) - full.Score(query, ordinal)));
        }

        Assert.InRange(found / 1_000.0, recallMin, 1);
        Assert.InRange(errors.Average(), -errorMax / 20, errorMax / 20);
        Assert.InRange(Math.Sqrt(errors.Average(error => error * error)), 0, errorMax);
    }

    [Fact]
    public void FileOfCodes_WithAnyByteChangedOrCutShort_IsRefused()
    {
        var mixture = new Mixture(Dimensions, 5, 7);
        var index = new TieredVectorIndex(Dimensions, 1);
        for (var ordinal = 0; ordinal < 12; ordinal++)
        {
            index.Add(ordinal, mixture.Next(), TieredVectorIndex.Precisions[1 + (ordinal % 3)]);
        }

        var bytes = Packed(index);
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x11;
            Assert.Throws<InvalidDataException>(() => new TieredVectorIndex(Dimensions, 1).LoadPacked(new MemoryStream(bytes)));
            bytes[at] ^= 0x11;
            Assert.Throws<InvalidDataException>(() => new TieredVectorIndex(Dimensions, 1).LoadPacked(new MemoryStream(bytes[..at])));
        }

        new TieredVectorIndex(Dimensions, 1).LoadPacked(new MemoryStream(bytes));
    }

    [Theory]
    [InlineData(32, 100)]
    [InlineData(32, 16_384)]
    [InlineData(4, 16_384)]
    public void Trimmed_AnswersAsBefore_WhateverWasMoved(int bits, int scanMax)
    {
        var mixture = new Mixture(32, 10, 3);
        var index = new TieredVectorIndex(new AdaptiveVectorIndex(32, 1, scanMax));
        for (var ordinal = 0; ordinal < 3_000; ordinal++)
        {
            index.Add(ordinal, mixture.Next(), bits);
        }

        // Every fourth stays: no page is empty before something moves.
        for (var ordinal = 0; ordinal < 3_000; ordinal++)
        {
            Assert.True(ordinal % 4 == 0 || index.Remove(ordinal));
        }

        var queries = Enumerable.Range(0, 50).Select(_ => mixture.Next()).ToArray();
        var before = Array.ConvertAll(queries, query => Search(index, query));
        for (var pass = 0; pass < 20; pass++)
        {
            index.Trim(100);
        }

        var after = Array.ConvertAll(queries, query => Search(index, query));
        Assert.InRange(before.Zip(after, (one, other) => one.Intersect(other).Count()).Sum(), 0.98 * 50 * 20, 50 * 20);
        Assert.Equal(750, index.Count);
        Assert.All(Enumerable.Range(0, 3_000), ordinal => Assert.Equal(ordinal % 4 == 0 ? bits : 0, index.BitsOf(ordinal)));
    }

    private static ScoredOrdinal[] Search(TieredVectorIndex index, float[] query)
    {
        var hits = new ScoredOrdinal[20];
        return hits[..index.Search(query, hits, default(AcceptAll))];
    }

    [Theory]
    [InlineData(32)]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(2)]
    public void WhatWasRemoved_LeavesNothingInTheFiles(int bits)
    {
        var mixture = new Mixture(Dimensions, 5, 7);
        var index = new TieredVectorIndex(Dimensions, 1);
        for (var ordinal = 0; ordinal < 5; ordinal++)
        {
            index.Add(ordinal, mixture.Next(), bits);
        }

        var secret = mixture.Next();
        index.Add(5, secret, bits);
        var packed = Packed(index);
        var traces = bits == 32 ? MemoryMarshal.AsBytes(secret.AsSpan()).ToArray() : packed.AsSpan(packed.Length - 4 - (32 * bits), 32).ToArray();
        Assert.NotEqual(-1, Bytes(index).AsSpan().IndexOf(traces));

        index.Remove(5);

        Assert.Equal(-1, Bytes(index).AsSpan().IndexOf(traces));
    }

    private byte[] Bytes(TieredVectorIndex index)
    {
        IndexFile.Save(index.Full, _path);
        return [.. File.ReadAllBytes(_path), .. Packed(index)];
    }

    private static byte[] Packed(TieredVectorIndex index)
    {
        var file = new MemoryStream();
        index.SavePacked(file);
        return file.ToArray();
    }

    private TieredVectorIndex Reload(TieredVectorIndex index)
    {
        IndexFile.Save(index.Full, _path);
        var loaded = new TieredVectorIndex(IndexFile.Load(_path));
        loaded.LoadPacked(new MemoryStream(Packed(index)));
        return loaded;
    }

    public void Dispose() => File.Delete(_path);
}
