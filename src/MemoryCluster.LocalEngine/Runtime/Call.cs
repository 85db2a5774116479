using System.Globalization;
using MemoryCluster.LocalEngine.Proxies;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>A call that could not be answered on the spot: the caller holds its task, queues and timers hold the rest.</summary>
internal abstract class Call(Cluster cluster, GrainClass grainClass, GrainId targetId, Invocation invocation)
{
    private CancellationTokenRegistration _callerCancellation;
    private TimeSpan _timeout;

    public GrainClass GrainClass { get; } = grainClass;

    public GrainId TargetId { get; } = targetId;

    public Invocation Invocation { get; } = invocation;

    /// <summary>The context the caller runs in; null when it is no grain and no simulated client.</summary>
    public TurnContext? Source { get; init; }

    /// <summary>Where the call was sent last.</summary>
    public Activation? Target { get; set; }

    /// <summary>Cancels the callee's token; null when the method takes none.</summary>
    public CancellationTokenSource? Cancellation { get; init; }

    /// <summary>The caller's request context and other ambient values.</summary>
    public ExecutionContext? Flow { get; init; }

    public Guid ReentrancyId { get; init; }

    public abstract Task Task { get; }

    public bool IsCompleted => Task.IsCompleted;

    public bool IsOneWay => Invocation.Method.IsOneWay;

    // The time-out's bookkeeping: a place in a list, or a timer.
    public long Deadline { get; set; } = long.MaxValue;

    public int Stripe { get; set; } = -1;

    public Call? Next { get; set; }

    public Call? Previous { get; set; }

    public ITimer? Timer { get; set; }

    public abstract void Complete(Task outcome);

    /// <summary>Starts to wait: until the time-out, or until the caller gives up.</summary>
    public void Await(TimeSpan timeout, CancellationToken callerToken)
    {
        _timeout = timeout;
        cluster.Scheduler.Arm(this, timeout);
        if (callerToken.CanBeCanceled)
        {
            _callerCancellation = callerToken.UnsafeRegister(static (state, token) => ((Call)state!).OnCallerGaveUp(token), this);
        }
    }

    public void Expire()
    {
        if (TryFail(new TimeoutException(string.Create(
            CultureInfo.InvariantCulture,
            $"{Invocation.GetActivityName()} on {TargetId} did not answer within {_timeout}. {Target?.Describe() ?? "It reached no activation."}"))))
        {
            cluster.Scheduler.Cancel(this);
        }
    }

    public bool TryFail(Exception exception)
    {
        if (!TrySetException(exception))
        {
            return false;
        }

        OnCompleted();
        return true;
    }

    public void CancelCallee()
    {
        try
        {
            Cancellation?.Cancel();
        }
        catch (AggregateException exception)
        {
            // What the grain registered at its token failed; there is no turn to fail with it.
            cluster.Logger.LogTurnFailed(Invocation.GetActivityName(), exception);
        }
    }

    protected abstract bool TrySetException(Exception exception);

    protected abstract bool TrySetCanceled(CancellationToken token);

    protected void OnCompleted()
    {
        cluster.Scheduler.Disarm(this);
        _callerCancellation.Unregister();
    }

    private void OnCallerGaveUp(CancellationToken token)
    {
        if (TrySetCanceled(token))
        {
            cluster.Scheduler.Disarm(this);
            cluster.Scheduler.Cancel(this);
        }
    }
}
