using System.Diagnostics;

namespace MemoryCluster.Shards.Writing;

/// <summary>
/// The single writer of a store: decides queued commands in order against applied state, appends what they decided as one batch, applies
/// it, answers. While one batch is being synced the next gathers, so callers share a sync without waiting for one another.
/// </summary>
/// <remarks>Not thread-safe: its owner runs one turn at a time, and every continuation returns to that turn.</remarks>
internal sealed class StoreWriter(IShardStore store, TimeProvider clock, IBatchCompletion? completion = null)
{
    // Sixteen full batches: past that a caller would wait longer for its turn than any sensible deadline.
    private const int QueueMax = 4096;

    private readonly Queue<Work> _queue = new();
    private readonly Queue<(Func<ValueTask> Run, TaskCompletionSource Done)> _errands = new();
    private bool _pumping;
    private TaskCompletionSource? _withheld;
    private TaskCompletionSource? _maintained;
    private Func<ValueTask>? _afterMaintenance;
    private DateTimeOffset _operationsSince;

    /// <summary>Why this writer can no longer tell what is durable; null while it works.</summary>
    public MemoryClusterException? Failure { get; private set; }

    /// <summary>Commands that wait for their turn; may be asked from any thread.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Told of what became durable, before it is applied.</summary>
    public Action<IReadOnlyList<ShardMutation>>? Appended { get; set; }

    /// <summary>Whether nothing is being written, nor waits for it.</summary>
    public bool IsIdle => !_pumping;

    /// <summary>Queues a command. <paramref name="decide"/> runs in this writer's order, once or more, and must only read.</summary>
    public Task<T> SubmitAsync<T>(Func<PendingBatch, Step<T>> decide, CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        if (_queue.Count >= QueueMax)
        {
            throw new MemoryClusterException(
                MemoryFault.Overloaded, $"{_queue.Count} writes wait for this shard and the limit is {QueueMax}; try again in a second.");
        }

        var work = new Work<T>(decide, cancellationToken);
        _queue.Enqueue(work);
        EnsurePumping();
        return work.Task;
    }

    /// <summary>Lets the store do what may wait, between two appends: a store takes one call at a time.</summary>
    /// <param name="afterwards">More of that kind: nothing is applied until it ends.</param>
    public Task MaintainAsync(DateTimeOffset operationsSince, Func<ValueTask>? afterwards = null)
    {
        ThrowIfFailed();
        _afterMaintenance = afterwards;
        _operationsSince = operationsSince;
        _maintained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var maintained = _maintained.Task;
        EnsurePumping();
        return maintained;
    }

    /// <summary>
    /// Runs something that needs the store to itself, between two appends: nothing is applied until it ends. Its fault is its caller's alone.
    /// </summary>
    public Task RunBetweenAsync(Func<ValueTask> errand)
    {
        ThrowIfFailed();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _errands.Enqueue((errand, done));
        EnsurePumping();
        return done.Task;
    }

    /// <summary>Confirms that no later owner has taken the store: what was read here was current while the request was open.</summary>
    public async ValueTask ConfirmCurrentAsync(CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        if (_withheld is { } withheld)
        {
            await withheld.Task.WaitAsync(cancellationToken);
            ThrowIfFailed();
        }

        if (!await store.IsCurrentAsync(cancellationToken))
        {
            Failure ??= new MemoryClusterException(
                MemoryFault.ShardUnavailable, "A later owner has taken this store; ask again to reach it.", code: "shard_fenced");
        }

        if (_withheld is { } since)
        {
            await since.Task.WaitAsync(cancellationToken);
        }

        ThrowIfFailed();
    }

    /// <summary>Lets nobody read until <see cref="Release"/>: what is here may any moment be no longer the truth.</summary>
    public void Withhold() => _withheld = new TaskCompletionSource();

    /// <summary>Lets reads go on, or refuses them and everything else from now on where another took over.</summary>
    public void Release(MemoryClusterException? failure)
    {
        Failure ??= failure;
        _withheld?.TrySetResult();
        _withheld = null;
    }

    private void ThrowIfFailed()
    {
        if (Failure is { } failure)
        {
            throw Unavailable(failure);
        }
    }

    private void EnsurePumping()
    {
        if (!_pumping)
        {
            _pumping = true;
            // Every fault is handed to the callers whose work it befell, so this task cannot fault.
            _ = PumpAsync();
        }
    }

    private async Task PumpAsync()
    {
        while (Failure is null && (_queue.Count > 0 || _maintained is not null || _errands.Count > 0))
        {
            if (_errands.TryDequeue(out var errand))
            {
                await RunAsync(errand.Run, errand.Done);
                // it may have been the errand that ends this owner: what waited for it is not written any more
                continue;
            }

            if (_maintained is { } maintained)
            {
                _maintained = null;
                await MaintainAsync(maintained);
                continue;
            }

            var batch = new PendingBatch(store.Seq, clock.GetUtcNow());
            var (written, answered) = Gather(batch);
            if (batch.IsEmpty)
            {
                await AnswerAsync(answered);
                continue;
            }

            try
            {
                await store.AppendAsync(completion is null ? batch.Mutations : await completion.CompleteAsync(batch.Mutations), CancellationToken.None);
            }
#pragma warning disable CA1031 // Whatever broke the append, its callers must hear of it, and this writer no longer knows what is durable.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Fail(fault, written, answered);
                break;
            }

            Appended?.Invoke(batch.Mutations);
            // append before apply: what readers see is durable.
            foreach (var work in written)
            {
                work.Apply();
            }

            // An append that succeeded confirms as well that what the others were told was current.
            foreach (var work in written.Concat(answered))
            {
                work.Complete();
            }
        }

        _pumping = false;
        FailWaiting();
    }

    // A stale owner may not answer even where it has nothing to write: to say that a memory is missing, or an edge already gone, is a read.
    private async Task AnswerAsync(List<Work> answered)
    {
        if (answered.Count == 0)
        {
            return;
        }

        try
        {
            await ConfirmCurrentAsync(CancellationToken.None);
        }
#pragma warning disable CA1031 // Handed to the callers whose answers it withholds.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            answered.ForEach(work => work.Fail(fault));
            return;
        }

        answered.ForEach(work => work.Complete());
    }

    private async Task MaintainAsync(TaskCompletionSource maintained)
    {
        try
        {
            await store.MaintainAsync(_operationsSince, CancellationToken.None);
            if (_afterMaintenance is { } afterwards)
            {
                await afterwards();
            }

            maintained.TrySetResult();
        }
#pragma warning disable CA1031 // Handed to whoever asked for the maintenance; what is durable is untouched by it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            maintained.TrySetException(fault);
        }
    }

    private static async Task RunAsync(Func<ValueTask> errand, TaskCompletionSource done)
    {
        try
        {
            await errand();
            done.TrySetResult();
        }
#pragma warning disable CA1031 // Handed to whoever asked for it; what is durable is untouched by it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            done.TrySetException(fault);
        }
    }

    private (List<Work> Written, List<Work> Answered) Gather(PendingBatch batch)
    {
        var written = new List<Work>();
        var answered = new List<Work>();
        while (batch.HasRoom && _queue.TryPeek(out var work))
        {
            var verdict = work.Decide(batch);
            if (verdict == Verdict.Waits)
            {
                Debug.Assert(!batch.IsEmpty, "Nothing is pending, so there is nothing to wait for.");
                break;
            }

            _queue.Dequeue();
            if (verdict != Verdict.Cancelled)
            {
                (verdict == Verdict.Writes ? written : answered).Add(work);
            }
        }

        return (written, answered);
    }

    private void Fail(Exception fault, List<Work> written, List<Work> answered)
    {
        var failure = fault as MemoryClusterException ?? new MemoryClusterException(
            MemoryFault.OutcomeUnknown, $"The store broke off during an append: {fault.Message} Repeat the request with its idempotency key.", fault);
        Failure = failure;
        written.ForEach(work => work.Fail(failure));
        answered.ForEach(work => work.Fail(Unavailable(failure)));
    }

    // Whoever found the failure, a write or a read beside it: nobody is left in the queue.
    private void FailWaiting()
    {
        if (Failure is not { } failure)
        {
            return;
        }

        _maintained?.TrySetException(Unavailable(failure));
        _maintained = null;
        while (_errands.TryDequeue(out var errand))
        {
            errand.Done.TrySetException(Unavailable(failure));
        }

        while (_queue.TryDequeue(out var waiting))
        {
            waiting.Fail(Unavailable(failure));
        }
    }

    private static MemoryClusterException Unavailable(MemoryClusterException failure) =>
        new(
            MemoryFault.ShardUnavailable,
            $"This owner of the shard has stopped: {failure.Message} Nothing was done; ask again.",
            failure,
            failure.Fault == MemoryFault.ShardUnavailable ? failure.Code : null);

    private enum Verdict
    {
        Unspecified = 0,
        Cancelled,
        Answers,
        Writes,
        Waits,
    }

    private abstract class Work
    {
        public abstract Verdict Decide(PendingBatch batch);

        public abstract void Apply();

        public abstract void Complete();

        public abstract void Fail(Exception fault);
    }

    private sealed class Work<T>(Func<PendingBatch, Step<T>> decide, CancellationToken cancellationToken) : Work
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Step<T>.Write? _write;
        private Action? _complete;

        public Task<T> Task => _answer.Task;

        public override Verdict Decide(PendingBatch batch)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _answer.TrySetCanceled(cancellationToken);
                return Verdict.Cancelled;
            }

            try
            {
                switch (decide(batch))
                {
                    case Step<T>.Answer answer:
                        _complete = () => _answer.TrySetResult(answer.Value);
                        return Verdict.Answers;
                    case Step<T>.Write write:
                        _write = write;
                        _complete = () => _answer.TrySetResult(write.Value);
                        batch.Add(write.Mutations);
                        return Verdict.Writes;
                    case Step<T>.Wait:
                        return Verdict.Waits;
                    default:
                        throw new UnreachableException();
                }
            }
            catch (MemoryClusterException refusal)
            {
                _complete = () => _answer.TrySetException(refusal);
                return Verdict.Answers;
            }
        }

        public override void Apply() => _write!.Apply();

        public override void Complete() => _complete!();

        public override void Fail(Exception fault) => _answer.TrySetException(fault);
    }
}
