using MemoryCluster.LocalEngine.Runtime;
using Orleans.Runtime;
using Orleans.Timers;

namespace MemoryCluster.LocalEngine.Timers;

internal sealed class TimerRegistry(Cluster cluster, TimeProvider clock) : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var activation = (Activation)grainContext;
        var timer = new GrainTimer<TState>(activation, clock, cluster.Logger, options, callback, state);
        activation.Add(timer);
        return timer;
    }
}
