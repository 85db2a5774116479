namespace MemoryCluster.Embedders.Tests.Static;

public sealed class HashTableTests
{
    [Fact]
    public void EveryHash_IsFoundAtItsIndex_AndNoOther()
    {
        // Many fall on the same slot, one is zero.
        ulong[] hashes = [.. Enumerable.Range(0, 500).Select(i => (ulong)i << 40), .. Enumerable.Range(1, 500).Select(i => (ulong)i)];
        var table = new HashTable(hashes);

        for (var i = 0; i < hashes.Length; i++)
        {
            Assert.True(table.TryFind(hashes[i], out var index));
            Assert.Equal(i, index);
        }

        Assert.False(table.TryFind(501, out _));
        Assert.False(table.TryFind(ulong.MaxValue, out _));
    }

    [Fact]
    public void EmptyTable_HoldsNothing() => Assert.False(new HashTable([]).TryFind(0, out _));
}
