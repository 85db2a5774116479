using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

/// <summary>Its ticks say when they come; every second one fails.</summary>
internal sealed class TimerGrain(Log log, TimeProvider clock) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private int _ticks;

    public Task StartAsync(TimeSpan dueTime, TimeSpan period, bool interleave, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(TickAsync, "state", new() { DueTime = dueTime, Period = period, Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task ChangeAsync(TimeSpan dueTime, TimeSpan period)
    {
        _timer!.Change(dueTime, period);
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task HoldAsync(string door)
    {
        log.Add("held");
        await log.PassAsync(door);
        log.Add("let go");
    }

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        log.Add($"down {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    private Task TickAsync(string state, CancellationToken cancellationToken)
    {
        log.Add($"tick {++_ticks} at {(clock.GetUtcNow() - new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds:F0} s");
        return _ticks % 2 == 0 ? Task.FromException(new InvalidDataException("tick")) : Task.CompletedTask;
    }
}
