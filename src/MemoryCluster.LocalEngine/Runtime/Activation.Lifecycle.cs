using MemoryCluster.LocalEngine.Storage;
using MemoryCluster.LocalEngine.Timers;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace MemoryCluster.LocalEngine.Runtime;

internal sealed partial class Activation
{
    private readonly TaskCompletionSource _ended = new();
    private List<IActivationState>? _states;
    private List<GrainTimer>? _timers;
    private AsyncServiceScope? _scope;
    private Stage _stage;
    private bool _isEndQueued;
    private DeactivationReason _reason;
    private long _keepUntil;

    private enum Stage
    {
        Created,
        Activating,
        Valid,
        Ending,
        Ended,
    }

    public Task Deactivated => _ended.Task;

    /// <summary>Ends the activation once its requests are done; those that come meanwhile go to the next one.</summary>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        var isMine = false;
        lock (Gate)
        {
            if (_stage >= Stage.Ending)
            {
                return;
            }

            _reason = deactivationReason;
            var wasActivating = _stage == Stage.Activating;
            _stage = Stage.Ending;
            if (!wasActivating && RunningLocked == 0)
            {
                isMine = QueueEndLocked();
            }
        }

        if (isMine)
        {
            Scheduler.Schedule(this);
        }
    }

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        var clock = _cluster.Clock;
        lock (Gate)
        {
            _keepUntil = timeSpan == Timeout.InfiniteTimeSpan || timeSpan == TimeSpan.MaxValue
                ? long.MaxValue
                : clock.GetTimestamp() + (long)(timeSpan.TotalSeconds * clock.TimestampFrequency);
        }
    }

    public void KeepAlive()
    {
        lock (Gate)
        {
            _usedInEpoch = _cluster.Epoch;
        }
    }

    /// <summary>Whether nothing has used the activation for so many epochs.</summary>
    public bool IsIdleSince(int epoch, long now)
    {
        lock (Gate)
        {
            return _stage == Stage.Valid && RunningLocked == 0 && _usedInEpoch <= epoch && _keepUntil <= now;
        }
    }

    public void Add(IActivationState state) => (_states ??= []).Add(state);

    public void Add(GrainTimer timer)
    {
        lock (Gate)
        {
            (_timers ??= []).Add(timer);
        }
    }

    public void Remove(GrainTimer timer)
    {
        lock (Gate)
        {
            _timers?.Remove(timer);
        }
    }

    private bool BeginLocked()
    {
        if (_stage != Stage.Created)
        {
            return false;
        }

        _stage = Stage.Activating;
        return EnqueueLocked(new Turn(static state => _ = ((Activation)state!).ActivateAsync(), this));
    }

    private async Task ActivateAsync()
    {
        try
        {
            GrainInstance = GrainClass.Construct(this);
            foreach (var state in _states ?? [])
            {
                await state.ReadAsync();
            }

            if (GrainInstance is IGrainBase grain)
            {
                await grain.OnActivateAsync(_cluster.Stopping);
            }

            OnActivated();
        }
#pragma warning disable CA1031 // The edge of the grain: whatever it throws is the waiting callers'.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Logger.LogActivationFailed(GrainId.ToString(), exception);
            await EndAsync(exception);
        }
    }

    private void OnActivated()
    {
        lock (Gate)
        {
            _isFiltered = _silo.IncomingFilters.Length > 0 || GrainInstance is IIncomingGrainCallFilter;
            _usedInEpoch = _cluster.Epoch;
            if (_stage == Stage.Activating)
            {
                _stage = Stage.Valid;
                AdmitWaitingLocked();
            }
            else
            {
                QueueEndLocked();
            }
        }
    }

    private bool QueueEndLocked()
    {
        if (_isEndQueued)
        {
            return false;
        }

        _isEndQueued = true;
        return EnqueueLocked(new Turn(static state => _ = ((Activation)state!).DeactivateAsync(), this));
    }

    private async Task DeactivateAsync()
    {
        StopTimers();
        try
        {
            if (GrainInstance is IGrainBase grain)
            {
                using var limit = new CancellationTokenSource(_cluster.DeactivationTimeout, _cluster.Clock);
                await grain.OnDeactivateAsync(_reason, limit.Token);
            }
        }
#pragma warning disable CA1031 // A grain that fails to say goodbye must still go.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Logger.LogDeactivationFailed(GrainId.ToString(), _reason.ToString(), exception);
        }

        await EndAsync(failure: null);
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (Gate)
        {
            timers = _timers?.ToArray() ?? [];
        }

        foreach (var timer in timers)
        {
            timer.Dispose();
        }
    }

    private async Task EndAsync(Exception? failure)
    {
        StopTimers();
        await DisposeGrainAsync();
        Queue<Call>? waiting;
        lock (Gate)
        {
            _stage = Stage.Ended;
            waiting = _waiting;
            _waiting = null;
        }

        _silo.Remove(this);
        Pool?.Remove(this);
        _cluster.Directory.Remove(this);
        _ended.TrySetResult();
        foreach (var call in waiting ?? [])
        {
            if (failure is null)
            {
                Scheduler.Send(call);
            }
            else if (!call.IsOneWay)
            {
                Scheduler.Reply(call, this, call.Invocation.Faulted(failure));
            }
        }
    }

    private async Task DisposeGrainAsync()
    {
        try
        {
            if (GrainInstance is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync();
            }
            else
            {
                (GrainInstance as IDisposable)?.Dispose();
            }

            if (_scope is { } scope)
            {
                await scope.DisposeAsync();
            }
        }
#pragma warning disable CA1031 // A grain that fails to clean up must still go.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Logger.LogDeactivationFailed(GrainId.ToString(), "disposal", exception);
        }
    }
}
