using System.Numerics.Tensors;
using System.Security.Cryptography;

namespace MemoryCluster.Embedders.Tests.Hashed;

public sealed class HashedEmbedderTests
{
    private static readonly HashedEmbedder Embedder = new();

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

    [Theory]
    [InlineData("A dog.")]
    [InlineData("the")]
    [InlineData("")]
    [InlineData("…!? 😀")]
    [InlineData("\uD800")]
    public async Task AnyText_GivesAUnitVectorOfTheModelsLength(string text)
    {
        var embedding = await Embedder.EmbedAsync(text, default);

        Assert.Equal(Embedder.Model.Dimensions, embedding.Dimensions);
        Assert.Equal(Embedder.Model.Id, embedding.Model);
        Assert.Equal(1, TensorPrimitives.Norm(embedding.Values), 1e-3);
    }

    [Fact]
    public async Task LongText_GivesAUnitVector()
    {
        var random = new Random(5);
        var text = new string([.. Enumerable.Range(0, 100_000).Select(_ => (char)random.Next(0x10000))]);

        Assert.Equal(1, TensorPrimitives.Norm((await Embedder.EmbedAsync(text, default)).Values), 1e-3);
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

    private static float Cosine(Embedding left, Embedding right) => TensorPrimitives.Dot(left.Values, right.Values);

    [Fact]
    public async Task Many_AreWhatOneByOneGives()
    {
        string[] texts = ["one", "two", "", "one"];

        var many = await Embedder.EmbedManyAsync(texts, default);

        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal((await Embedder.EmbedAsync(texts[i], default)).Bytes.ToArray(), many[i].Bytes.ToArray());
        }
    }

    [Fact]
    public async Task CancelledCaller_GetsNoVector()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Embedder.EmbedAsync("text", new CancellationToken(true)));
    }
}
