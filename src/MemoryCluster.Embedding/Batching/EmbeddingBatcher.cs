using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace MemoryCluster.Embedders;

/// <summary>
/// Lets callers await one text each and the model work on batches: texts wait in a bounded line, one worker takes up to
/// <see cref="EmbeddingBatcherOptions.BatchTextsMax"/> of them, or what has come within <see cref="EmbeddingBatcherOptions.BatchDelayMax"/>.
/// </summary>
/// <remarks>
/// A failed batch fails all its callers. A caller who gives up leaves the others alone. Disposal answers what is in line, then ends.
/// </remarks>
public sealed class EmbeddingBatcher : IEmbedder, IAsyncDisposable
{
    private readonly IBatchEmbedder _model;
    private readonly EmbeddingBatcherOptions _options;
    private readonly TimeProvider _clock;
    private readonly Channel<PendingText> _line;
    private readonly Task _worker;

    public EmbeddingBatcher(IBatchEmbedder model, EmbeddingBatcherOptions options, TimeProvider clock)
    {
        _model = model;
        _options = options;
        _clock = clock;
        _line = Channel.CreateBounded<PendingText>(new BoundedChannelOptions(options.QueueTextsMax) { FullMode = BoundedChannelFullMode.Wait });
        _worker = WorkAsync();
    }

    public EmbedderModel Model => _model.Model;

    /// <summary>Texts that wait for a batch; may be asked from any thread.</summary>
    public int TextsWaiting => _line.Reader.Count;

    public async ValueTask<Embedding> EmbedAsync(string text, CancellationToken cancellationToken)
    {
        var pending = await EnqueueAsync(text, cancellationToken).ConfigureAwait(false);
        return await pending.Answer.ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<Embedding>> EmbedManyAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var answers = new Task<Embedding>[texts.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = EmbedAsync(texts[i], cancellationToken).AsTask();
        }

        return await Task.WhenAll(answers).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _line.Writer.TryComplete();
        await _worker.ConfigureAwait(false);
    }

    private async ValueTask<PendingText> EnqueueAsync(string text, CancellationToken cancellationToken)
    {
        var pending = new PendingText(text, cancellationToken);
        try
        {
            await _line.Writer.WriteAsync(pending, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException exception)
        {
            throw new MemoryClusterException(MemoryFault.EmbedderUnavailable, "The embedder is shutting down and takes no more texts.", exception);
        }

        return pending;
    }

    private async Task WorkAsync()
    {
        // Away from whoever constructs the batcher: a grain's turn must not become the worker's home.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var batch = new List<PendingText>(_options.BatchTextsMax);
        while (await _line.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await GatherAsync(batch).ConfigureAwait(false);
            if (batch.Count > 0)
            {
                await EmbedAsync(batch).ConfigureAwait(false);
                batch.Clear();
            }
        }
    }

    private async Task GatherAsync(List<PendingText> batch)
    {
        TakeWaiting(batch);
        if (batch.Count == 0 || IsFull(batch) || _options.BatchDelayMax == TimeSpan.Zero)
        {
            return;
        }

        using var enough = new CancellationTokenSource();
        var delay = Task.Delay(_options.BatchDelayMax, _clock, enough.Token);
        while (!IsFull(batch))
        {
            var more = _line.Reader.WaitToReadAsync(enough.Token).AsTask();
            if (await Task.WhenAny(more, delay).ConfigureAwait(false) == delay || !await more.ConfigureAwait(false))
            {
                break;
            }

            TakeWaiting(batch);
        }

        await enough.CancelAsync().ConfigureAwait(false);
    }

    private void TakeWaiting(List<PendingText> batch)
    {
        while (!IsFull(batch) && _line.Reader.TryRead(out var pending))
        {
            if (!pending.IsAbandoned)
            {
                batch.Add(pending);
            }
        }
    }

    private bool IsFull(List<PendingText> batch) => batch.Count == _options.BatchTextsMax;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever breaks the call is the answer to its callers; the worker lives on.")]
    private async Task EmbedAsync(List<PendingText> batch)
    {
        try
        {
            // No caller's token: one who gives up must not fail the others. The model has its own time-out.
            var embeddings = await _model.EmbedBatchAsync([.. batch.Select(p => p.Text)], CancellationToken.None).ConfigureAwait(false);
            Complete(batch, embeddings);
        }
        catch (Exception exception)
        {
            var fault = exception as MemoryClusterException ?? new MemoryClusterException(
                MemoryFault.EmbedderUnavailable, $"The embedder failed on a batch of {batch.Count} texts: {exception.Message}", exception);
            batch.ForEach(pending => pending.Fail(fault));
        }
    }

    private static void Complete(List<PendingText> batch, IReadOnlyList<Embedding> embeddings)
    {
        if (embeddings.Count != batch.Count)
        {
            throw new MemoryClusterException(
                MemoryFault.EmbedderUnavailable, $"The embedder answered {embeddings.Count} vectors for {batch.Count} texts.");
        }

        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Complete(embeddings[i]);
        }
    }
}
