using System.Numerics.Tensors;
using System.Security.Cryptography;

namespace MemoryCluster.Embedders.Tests.Static;

public sealed class StaticEmbedderTests
{
    private static readonly StaticEmbedder Embedder = new();

    // Computed once: other bits would make every stored vector useless, so they need another id.
    [Theory]
    [InlineData("Caroline painted a sunrise by the lake on 7 May 2023, didn't she?", "c060ca9b7e403c2f")]
    [InlineData("東京都は大きい", "f26a8236650ddffd")]
    [InlineData("مرحبا بالعالم", "48a8dc602b547bde")]
    [InlineData("hello hello world", "f9080a7285823b52")]
    [InlineData("", "373421642a44f741")]
    public async Task Vector_HasTheSameBitsEverywhere(string text, string digest)
    {
        Assert.Equal("mc-static-1", Embedder.Model.Id);

        var embedding = await Embedder.EmbedAsync(text, default);

        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(embedding.Bytes.Span))[..16]);
    }

    [Theory]
    [InlineData("A dog.")]
    [InlineData("the")]
    [InlineData("")]
    [InlineData("…!? 😀")]
    [InlineData("\uD800")]
    [InlineData("'")]
    [InlineData("n't don't")]
    [InlineData("नमस्ते दुनिया")]
    [InlineData("한국어 문장")]
    [InlineData("𠀀𠀁")]
    public async Task AnyText_GivesAUnitVectorOfTheModelsLength(string text)
    {
        var embedding = await Embedder.EmbedAsync(text, default);

        Assert.Equal(Embedder.Model.Dimensions, embedding.Dimensions);
        Assert.Equal(Embedder.Model.Id, embedding.Model);
        Assert.Equal(1, TensorPrimitives.Norm(embedding.Values), 1e-3);
    }

    [Fact]
    public async Task LongText_GivesAUnitVector_AndLeavesTheNextOneAlone()
    {
        var random = new Random(5);
        var text = new string([.. Enumerable.Range(0, 100_000).Select(_ => (char)random.Next(0x10000))]);
        var before = await Embedder.EmbedAsync("a short one", default);

        Assert.Equal(1, TensorPrimitives.Norm((await Embedder.EmbedAsync(text, default)).Values), 1e-3);
        Assert.Equal(before.Bytes.ToArray(), (await Embedder.EmbedAsync("a short one", default)).Bytes.ToArray());
    }

    [Theory]
    [InlineData("The physician treated her patients", "A doctor cared for sick people", "The invoice is overdue")]
    [InlineData("database migration failed", "the migration of our databaes failed", "a walk in the forest")]
    [InlineData("Melanie paints a sunset", "Melanie painted sunsets", "Melanie cooks a soup")]
    [InlineData("Zyxwvut arrived", "we met Zyxwvut", "we met Qponmlk")]
    [InlineData("東京都は大きい", "大きい東京", "北京的天气")]
    [InlineData("नमस्ते दुनिया", "दुनिया नमस्ते", "धन्यवाद मित्र")]
    public async Task MeaningWordsFormsAndPieces_AreNear(string text, string near, string far)
    {
        var vectors = await Embedder.EmbedManyAsync([text, near, far], default);

        Assert.True(Cosine(vectors[0], vectors[1]) > Cosine(vectors[0], vectors[2]) + 0.1f);
    }

    // The least cosine at which equal words are merged is 0.95: an article or a plural must not keep them apart.
    [Theory]
    [InlineData("The dog bit a man in the park", "A dog bit the man in the park.")]
    [InlineData("Always check the response code before parsing.", "Always check response codes before the parsing")]
    public async Task ArticlesAndPlurals_HardlyMatter(string text, string near)
    {
        var vectors = await Embedder.EmbedManyAsync([text, near], default);

        Assert.True(Cosine(vectors[0], vectors[1]) > 0.95f);
    }

    private static float Cosine(Embedding left, Embedding right) => TensorPrimitives.Dot(left.Values, right.Values);

    [Fact]
    public async Task Many_AreWhatOneByOneGives_OnAnyThread()
    {
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => $"text {i} of {i % 7} words, {new string('x', i)}"), "", "one", "one"];
        var many = await Embedder.EmbedManyAsync(texts, default);

        var parallel = new byte[texts.Length][];
        Parallel.For(0, texts.Length, i => parallel[i] = Embedder.Embed(texts[i]).Bytes.ToArray());

        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(parallel[i], many[i].Bytes.ToArray());
        }
    }

    [Fact]
    public async Task CancelledCaller_GetsNoVector()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Embedder.EmbedAsync("text", new CancellationToken(true)));
    }
}
