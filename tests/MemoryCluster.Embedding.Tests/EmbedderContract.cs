using System.Numerics.Tensors;

namespace MemoryCluster.Embedders.Tests;

/// <summary>What every embedder promises, whatever makes its vectors.</summary>
public abstract class EmbedderContract
{
    protected abstract IEmbedder Embedder { get; }

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

    [Fact]
    public async Task Many_AreWhatOneByOneGives_HoweverManyAskAtOnce()
    {
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => $"text {i} of {i % 7} words, {new string('x', i)}"), "", "one", "one"];
        var many = await Embedder.EmbedManyAsync(texts, default);

        var parallel = new Embedding[texts.Length];
        await Parallel.ForAsync(0, texts.Length, async (i, cancellationToken) => parallel[i] = await Embedder.EmbedAsync(texts[i], cancellationToken));

        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(parallel[i].Bytes.ToArray(), many[i].Bytes.ToArray());
        }
    }

    [Fact]
    public async Task CancelledCaller_GetsNoVector()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Embedder.EmbedAsync("text", new CancellationToken(true)));
    }

    protected static float Cosine(Embedding left, Embedding right) => TensorPrimitives.Dot(left.Values, right.Values);
}
