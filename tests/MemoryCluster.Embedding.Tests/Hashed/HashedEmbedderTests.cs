using System.Security.Cryptography;

namespace MemoryCluster.Embedders.Tests.Hashed;

public sealed class HashedEmbedderTests : EmbedderContract
{
    protected override IEmbedder Embedder { get; } = new HashedEmbedder();

    // Computed once: other bits would make every stored vector useless, so they need a new version in the model's id.
    [Theory]
    [InlineData("Caroline painted a sunrise by the lake on 7 May 2023, didn't she?", "159350e0039a5cb9")]
    [InlineData("東京都は大きい", "aa225c72052ce8d5")]
    [InlineData("", "373421642a44f741")]
    public async Task Vector_HasTheSameBitsEverywhere(string text, string digest)
    {
        Assert.Equal("hashed-1@384", Embedder.Model.Id);

        var embedding = await Embedder.EmbedAsync(text, default);

        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(embedding.Bytes.Span))[..16]);
    }

    [Fact]
    public async Task FewDimensions_WhereFeaturesMayCancelOut_StillGiveUnitVectors()
    {
        var embedder = new HashedEmbedder(1);
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(1, MathF.Abs((await embedder.EmbedAsync($"text {i}", default)).Values[0]), 1e-3);
        }
    }

    [Theory]
    [InlineData("Melanie paints a sunset", "Melanie painted sunsets", "The invoice is overdue")]
    [InlineData("database migration failed", "the migration of our databaes failed", "a walk in the forest")]
    [InlineData("the dog", "a dog", "the cat")]
    public async Task SharedWordsFormsAndPieces_AreNear(string text, string near, string far)
    {
        var vectors = await Embedder.EmbedManyAsync([text, near, far], default);

        Assert.True(Cosine(vectors[0], vectors[1]) > Cosine(vectors[0], vectors[2]) + 0.2f);
    }
}
