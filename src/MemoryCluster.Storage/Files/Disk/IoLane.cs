namespace MemoryCluster.Storage.Files.Disk;

/// <summary>One store's queue of blocking work, done in order and one at a time: state touched only here needs no lock.</summary>
internal sealed class IoLane(IoThreads threads)
{
    // Bounded by the callers: an owner has one call at a time, and an opening or closing owner one more.
    private readonly Queue<Action> _jobs = [];
    private bool _scheduled;

    public Task RunAsync(Action work) => RunAsync(() =>
    {
        work();
        return true;
    });

    public Task<T> RunAsync<T>(Func<T> work)
    {
        // Asynchronously: a caller's continuation must not hold up the thread that the next write waits for.
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => Complete(completion, work));
        return completion.Task;
    }

    public void RunOne()
    {
        Action job;
        lock (_jobs)
            job = _jobs.Dequeue();
        job();
        lock (_jobs)
        {
            _scheduled = _jobs.Count > 0;
            if (_scheduled)
                threads.Schedule(this);
        }
    }

    private void Post(Action job)
    {
        lock (_jobs)
        {
            _jobs.Enqueue(job);
            if (_scheduled)
                return;
            threads.Schedule(this);
            _scheduled = true;
        }
    }

    private static void Complete<T>(TaskCompletionSource<T> completion, Func<T> work)
    {
        try
        {
            completion.SetResult(work());
        }
#pragma warning disable CA1031 // The completion carries every exception to the caller who awaits it.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            completion.SetException(cause);
        }
    }
}
