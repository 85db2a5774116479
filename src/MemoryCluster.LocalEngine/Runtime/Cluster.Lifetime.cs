using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace MemoryCluster.LocalEngine.Runtime;

internal sealed partial class Cluster : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private volatile Stage _stage;
    private bool _runsInline;
    private ITimer? _collector;
    private int _epoch;

    private enum Stage
    {
        NotStarted,
        Running,
        Stopping,
        Stopped,
    }

    /// <summary>Counts the rounds of the collector; activations note the last one they were used in, which is cheaper than a clock.</summary>
    public int Epoch => _epoch;

    public CancellationToken Stopping => _stopping.Token;

    public void Start(IServiceProvider clientServices, params IEnumerable<Silo> silos)
    {
        ServiceProvider = clientServices;
        _clientFilters = [.. clientServices.GetServices<IOutgoingGrainCallFilter>()];
        SetSilos([.. silos]);
        _runsInline = Scheduler.RunsInline;
        _stage = Stage.Running;
        Logger.LogStarted(_silos.Length, _catalog.Count);
    }

    /// <summary>Takes silos in and out of the cluster: the list keeps their order.</summary>
    public void SetSilos(Silo[] silos)
    {
        _silos = silos;
        RefreshActive();
    }

    public void RefreshActive() => ActiveSilos = Array.FindAll(_silos, silo => silo.IsActive);

    public void StartCollecting() =>
        _collector = Clock.CreateTimer(static state => ((Cluster)state!).Collect(), this, _options.CollectionQuantum, _options.CollectionQuantum);

    /// <summary>One round: ends the activations that have been idle for their age.</summary>
    public void Collect()
    {
        var epoch = Interlocked.Increment(ref _epoch);
        var now = Clock.GetTimestamp();
        foreach (var activation in _silos.SelectMany(silo => silo.Activations))
        {
            var age = activation.GrainClass.CollectionAge ?? _options.CollectionAge;
            if (age != Timeout.InfiniteTimeSpan && activation.IsIdleSince(epoch - 1 - (int)Math.Ceiling(age / _options.CollectionQuantum), now))
            {
                activation.Deactivate(new(DeactivationReasonCode.ActivationIdle, $"Idle for {age}."));
            }
        }
    }

    /// <summary>Refuses calls from outside, lets grains finish and say goodbye, and then refuses all.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stage != Stage.Running)
        {
            return;
        }

        _stage = Stage.Stopping;
        if (_collector is not null)
        {
            await _collector.DisposeAsync();
        }

        Reminders.Dispose();
        await _stopping.CancelAsync();
        var count = 0;
        while (_silos.SelectMany(silo => silo.Activations).ToArray() is { Length: > 0 } activations)
        {
            // A grain that says goodbye may wake another: go round until there is none.
            count += activations.Length;
            foreach (var activation in activations)
            {
                activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The silo stops."), CancellationToken.None);
            }

            await Task.WhenAll(activations.Select(activation => activation.Deactivated)).WaitAsync(cancellationToken);
        }

        _stage = Stage.Stopped;
        Logger.LogStopped(count);
    }

    public void Dispose()
    {
        _stage = Stage.Stopped;
        _collector?.Dispose();
        Reminders.Dispose();
        _stopping.Dispose();
        (Scheduler as IDisposable)?.Dispose();
    }

    // While the cluster stops, grains may still call each other.
    private bool MaySend(TurnContext? source) => _stage == Stage.Stopping && source is not null;
}
