using System.Security.Cryptography;

namespace MemoryCluster.Embedders.Tests.Static;

public sealed class StaticEmbedderTests : EmbedderContract
{
    protected override IEmbedder Embedder { get; } = new StaticEmbedder();

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
}
