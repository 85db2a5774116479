using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MemoryCluster.Embedders.Tests.Static;

public sealed class StaticModelFileTests
{
    private const int SizeMax = 16 << 20;

    private static readonly byte[] Sample = StaticModelFile.Write(new StaticModelParts
    {
        SemanticDimensions = 4,
        LexicalDimensions = 8,
        TokenCharsMax = 5,
        ContextDiscount = 0.5f,
        SemanticShare = 0.25f,
        Tokens = [3, 7],
        Scales = [0.5f, 1],
        Rows = [1, 2, 3, 4, -1, -2, -3, -128],
        Terms = [11],
        TermWeights = [200],
    });

    [Fact]
    public void WhatIsWritten_IsRead()
    {
        var parts = StaticModelFile.Read(Sample);

        Assert.Equal((4, 8, 5), (parts.SemanticDimensions, parts.LexicalDimensions, parts.TokenCharsMax));
        Assert.Equal((0.5f, 0.25f), (parts.ContextDiscount, parts.SemanticShare));
        Assert.Equal([3, 7], parts.Tokens);
        Assert.Equal([0.5f, 1], parts.Scales);
        Assert.Equal([1, 2, 3, 4, -1, -2, -3, -128], parts.Rows);
        Assert.Equal([11], parts.Terms);
        Assert.Equal<byte>([200], parts.TermWeights);
        Assert.Equal(Sample, StaticModelFile.Write(parts));
    }

    [Fact]
    public void AnyDamagedByte_IsNoticed()
    {
        for (var i = 0; i < Sample.Length; i++)
        {
            var damaged = Sample.ToArray();
            damaged[i] ^= 0x10;

            Assert.Throws<InvalidDataException>(() => StaticModelFile.Read(damaged));
        }
    }

    [Fact]
    public void AnyOtherLength_IsNoticed()
    {
        for (var length = 0; length < Sample.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => StaticModelFile.Read(Sample.AsSpan(0, length)));
        }

        Assert.Throws<InvalidDataException>(() => StaticModelFile.Read([.. Sample, 0]));
    }

    // With a checksum that fits, so that it is the field that is refused.
    [Theory]
    [InlineData(0, 0x12345678u, "MCEM")]
    [InlineData(4, 2u, "version")]
    [InlineData(8, 3u, "bytes")]
    [InlineData(8, uint.MaxValue, "bytes")]
    [InlineData(12, 0u, "semantic")]
    [InlineData(12, 6u, "semantic")]
    [InlineData(12, uint.MaxValue - 3, "semantic")]
    [InlineData(16, 0u, "lexical")]
    [InlineData(16, 1u << 30, "lexical")]
    [InlineData(20, uint.MaxValue, "bytes")]
    public void FieldThatCannotBe_IsNamed(int offset, uint value, string named)
    {
        var changed = Sample.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(offset), value);
        SHA256.HashData(changed.AsSpan(..^32)).CopyTo(changed.AsSpan(^32..));

        var exception = Assert.Throws<InvalidDataException>(() => StaticModelFile.Read(changed));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BuiltInFile_IsWhole_AndFitsTheRepository()
    {
        var file = StaticEmbedder.BuiltInBytes();

        Assert.True(file.Length <= SizeMax);
        var parts = StaticModelFile.Read(file);
        Assert.Equal(384, parts.SemanticDimensions + parts.LexicalDimensions);
        Assert.Equal(parts.Tokens.Length, parts.Tokens.Distinct().Count());
    }
}
