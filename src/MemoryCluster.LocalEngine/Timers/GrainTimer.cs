using MemoryCluster.LocalEngine.Runtime;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Timers;

/// <summary>A timer whose ticks are requests of the activation to itself. The period runs from the end of one tick to the next.</summary>
internal abstract class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly ILogger _logger;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _disposal = new();
    private readonly ITimer _timer;
    private TimeSpan _period;
    private volatile bool _isDisposed;

    protected GrainTimer(Activation activation, TimeProvider clock, ILogger logger, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _logger = logger;
        _options = options;
        _period = options.Period;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = clock.CreateTimer(static state => ((GrainTimer)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _timer.Dispose();
        _disposal.Cancel();
        _disposal.Dispose();
        _activation.Remove(this);
    }

    protected abstract Task TickAsync(CancellationToken cancellationToken);

    private void OnDue()
    {
        var method = _options.Interleave ? OwnInvocation.TickInterleaved : OwnInvocation.Tick;
        if (!_isDisposed && _activation.ReceiveOwn(new OwnInvocation(method, RunAsync, _options.KeepAlive)) != Receipt.Accepted)
        {
            Rearm();
        }
    }

    private async Task RunAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        try
        {
            await TickAsync(_disposal.Token);
        }
#pragma warning disable CA1031 // The edge of the tick: a timer goes on after a failure, as in Orleans.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.LogTickFailed("A timer", GetType().Name, _activation.GrainId.ToString(), exception);
        }

        Rearm();
    }

    private void Rearm()
    {
        if (!_isDisposed)
        {
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
        }
    }
}
