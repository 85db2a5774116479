using MemoryCluster.LocalEngine.Proxies;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Runtime;

internal sealed class Call<TResult>(Cluster cluster, GrainClass grainClass, GrainId targetId, Invocation<TResult> invocation)
    : Call(cluster, grainClass, targetId, invocation)
{
    // No RunContinuationsAsynchronously: callers that have a context are posted to it anyway, and those without run on the pool because the
    // completing thread has one. The flag would send Task.WhenAll through the pool, where the simulator must never be.
    private readonly TaskCompletionSource<TResult> _completion = new();

    public override Task Task => _completion.Task;

    public override void Complete(Task outcome)
    {
        if (TrySet(outcome))
        {
            OnCompleted();
        }
    }

    protected override bool TrySetException(Exception exception) => _completion.TrySetException(exception);

    protected override bool TrySetCanceled(CancellationToken token) => _completion.TrySetCanceled(token);

    private bool TrySet(Task outcome) => outcome switch
    {
        Task<TResult> typed => _completion.TrySetFromTask(typed),
        { IsCompletedSuccessfully: true } => _completion.TrySetResult(default!),
        { IsFaulted: true } => _completion.TrySetException(outcome.Exception!.InnerExceptions),
        _ => _completion.TrySetCanceled(new TaskCanceledException(outcome).CancellationToken),
    };
}
