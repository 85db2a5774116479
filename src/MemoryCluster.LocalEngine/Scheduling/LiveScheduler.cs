using MemoryCluster.LocalEngine.Runtime;

namespace MemoryCluster.LocalEngine.Scheduling;

/// <summary>Turns run on the thread pool or on the caller's thread; calls and answers arrive at once.</summary>
internal sealed class LiveScheduler(Cluster cluster, TimeProvider clock) : IScheduler, IDisposable
{
    private readonly CallTimeouts _timeouts = new(clock);

    public bool RunsInline => true;

    public void Schedule(TurnContext context) => ThreadPool.UnsafeQueueUserWorkItem(context, preferLocal: false);

    public bool Accepts(TurnContext context) => true;

    public void Send(Call call) => cluster.Deliver(call);

    public void Reply(Call call, Activation from, Task outcome) => call.Complete(outcome);

    public void Cancel(Call call) => call.CancelCallee();

    public bool IsAbandoned(Call call) => call.IsCompleted;

    public void Arm(Call call, TimeSpan timeout) => _timeouts.Add(call, timeout);

    public void Disarm(Call call) => _timeouts.Remove(call);

    public void Dispose() => _timeouts.Dispose();
}
