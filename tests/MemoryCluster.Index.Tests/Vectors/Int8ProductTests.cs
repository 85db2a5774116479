using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

public sealed unsafe class Int8ProductTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(192)]
    [InlineData(384)]
    [InlineData(16_384)]
    public void EveryPath_GivesTheScalarSum(int length)
    {
        var random = new Random(length);
        for (var round = 0; round < 20; round++)
        {
            AssertEverySum(length, () => (byte)random.Next(128), () => (sbyte)random.Next(-127, 128));
        }
    }

    [Theory]
    [InlineData(127, 127)]
    [InlineData(127, -127)]
    [InlineData(0, -127)]
    public void LargestProducts_DoNotSaturate(int query, int row) => AssertEverySum(16_384, () => (byte)query, () => (sbyte)row);

    private static void AssertEverySum(int length, Func<byte> nextQuery, Func<sbyte> nextRow)
    {
        var queries = Enumerable.Range(0, 4 * length).Select(_ => nextQuery()).ToArray();
        var rows = Enumerable.Range(0, 4 * length).Select(_ => nextRow()).ToArray();
        fixed (byte* q = queries)
        fixed (sbyte* r = rows)
        {
            var ofQueries = Int8Product.OfFourQueries(q, length, r, length);
            var ofRows = Int8Product.OfFourRows(q, r, r + length, r + (2 * length), r + (3 * length), length);
            var ofRun = Int8Product.OfRun(q, r, length);
            for (var i = 0; i < 4; i++)
            {
                var row = rows.AsSpan(i * length, length);
                Assert.Equal(Int8Product.OfScalar(queries.AsSpan(0, length), row), Int8Product.Of(q, r + (i * length), length));
                Assert.Equal(Int8Product.OfScalar(queries.AsSpan(0, length), row), ofRun[i]);
                Assert.Equal(Int8Product.OfScalar(queries.AsSpan(0, length), row), ofRows[i]);
                Assert.Equal(Int8Product.OfScalar(queries.AsSpan(i * length, length), rows.AsSpan(0, length)), ofQueries[i]);
            }
        }
    }
}
