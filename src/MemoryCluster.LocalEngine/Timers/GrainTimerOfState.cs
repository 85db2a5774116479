using MemoryCluster.LocalEngine.Runtime;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Timers;

internal sealed class GrainTimer<TState>(
    Activation activation, TimeProvider clock, ILogger logger, GrainTimerCreationOptions options, Func<TState, CancellationToken, Task> callback, TState state)
    : GrainTimer(activation, clock, logger, options)
{
    protected override Task TickAsync(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
