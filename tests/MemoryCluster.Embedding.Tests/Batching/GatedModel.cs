using System.Threading.Channels;

namespace MemoryCluster.Embedders.Tests.Batching;

/// <summary>A model whose every call waits until the test answers it.</summary>
internal sealed class GatedModel : IBatchEmbedder
{
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();

    public EmbedderModel Model { get; } = new("gated", 1);

    public static Embedding VectorOf(string text) => Embedding.FromVector("gated", [text.Length]);

    public Task<IReadOnlyList<Embedding>> EmbedBatchAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var call = new Call(texts);
        Assert.True(_calls.Writer.TryWrite(call));
        return call.Answer.Task;
    }

    public ValueTask<Call> NextCallAsync() => _calls.Reader.ReadAsync();

    internal sealed record Call(IReadOnlyList<string> Texts)
    {
        public TaskCompletionSource<IReadOnlyList<Embedding>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Complete() => Answer.SetResult([.. Texts.Select(VectorOf)]);
    }
}
