namespace MemoryCluster.Embedders;

/// <summary>A text in line, and the caller who waits for it.</summary>
internal sealed class PendingText(string text, CancellationToken callerGaveUp)
{
    private readonly TaskCompletionSource<Embedding> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Text { get; } = text;

    /// <summary>Nobody waits for the answer any more.</summary>
    public bool IsAbandoned => callerGaveUp.IsCancellationRequested;

    public Task<Embedding> Answer => _completion.Task.WaitAsync(callerGaveUp);

    public void Complete(Embedding embedding) => _completion.TrySetResult(embedding);

    public void Fail(MemoryClusterException fault)
    {
        _completion.TrySetException(fault);

        // Observed here, because a caller who gave up will not look.
        _ = _completion.Task.Exception;
    }
}
