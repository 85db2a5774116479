using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Index.Tests.Lexical;

public sealed class BitPackingTests
{
    [Fact]
    public void EveryWidth_IsUnpackedAsItWasPacked()
    {
        for (var bits = 0; bits <= 31; bits++)
        {
            var random = new Random(bits);
            var values = Enumerable.Range(0, BitPacking.Count).Select(_ => (int)random.NextInt64(1L << bits)).ToArray();
            values[^1] = (int)((1L << bits) - 1);
            var words = new uint[BitPacking.WordCount(bits) + BitPacking.Padding];

            BitPacking.Pack(values, bits, words);

            var unpacked = new int[BitPacking.Count];
            BitPacking.Unpack(words, bits, unpacked);
            Assert.Equal(bits, BitPacking.BitsFor(values));
            Assert.Equal(values, unpacked);
        }
    }

    [Fact]
    public void Packing_TouchesOnlyItsWords()
    {
        var values = Enumerable.Repeat((1 << 13) - 1, BitPacking.Count).ToArray();
        var words = new uint[BitPacking.WordCount(13) + BitPacking.Padding];

        BitPacking.Pack(values, 13, words);

        Assert.All(words[BitPacking.WordCount(13)..], word => Assert.Equal(0u, word));
    }

    [Fact]
    public void Differences_AddUp()
    {
        var random = new Random(1);
        var slot = 77;
        var postings = Enumerable.Range(0, BitPacking.Count).Select(_ => new Posting(slot += 1 + random.Next(5_000), 1 + random.Next(9))).ToArray();
        var blocks = new SealedPostings();
        blocks.Add(postings, default);
        blocks.Add([.. postings.Select(p => p with { Slot = p.Slot + 1_000_000 })], default);
        var slots = new int[BitPacking.Count];
        var frequencies = new int[BitPacking.Count];

        blocks.ReadSlots(1, slots);
        blocks.ReadFrequencies(1, frequencies);

        Assert.Equal(postings.Select(p => p.Slot + 1_000_000), slots);
        Assert.Equal(postings.Select(p => p.Frequency - 1), frequencies);
        Assert.Equal((slots[0], slots[^1]), (blocks.Headers[1].FirstSlot, blocks.Headers[1].LastSlot));
    }
}
