namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>What stores ask before and after every operation, wherever they are implemented. Registered as a service of every silo.</summary>
public sealed class SimulatedStoreFaults
{
    private readonly StoreFaults _faults;
    private readonly SimulatedTimeProvider _clock;
    private readonly Random _random;
    private readonly Trace _trace;

    internal SimulatedStoreFaults(StoreFaults faults, SimulatedTimeProvider clock, Random random, Trace trace)
    {
        _faults = faults;
        _clock = clock;
        _random = random;
        _trace = trace;
    }

    /// <summary>Whether stores may fail; latency stays. A test turns it off to look at what is left. Default true.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>Takes the time that the operation takes up to its effect, and says what is to become of it. A silo that is killed meanwhile
    /// never gets here again, and the operation has no effect.</summary>
    public async ValueTask<StoreOutcome> BeforeAsync(string operation, CancellationToken cancellationToken = default)
    {
        var outcome = IsEnabled ? Choose() : StoreOutcome.Ok;
        _trace.Add(TraceKind.Store, (int)outcome, 0, operation);
        await Task.Delay(Latency() / 2, _clock, cancellationToken);
        return outcome;
    }

    /// <summary>Takes the time from the effect to the answer. A silo that is killed meanwhile has had the effect and does not know.</summary>
    public async ValueTask AfterAsync(string operation, CancellationToken cancellationToken = default)
    {
        _trace.Add(TraceKind.Store, -1, 0, operation);
        await Task.Delay(Latency() / 2, _clock, cancellationToken);
    }

    private StoreOutcome Choose()
    {
        var chance = _random.NextDouble();
        if ((chance -= _faults.FailBefore) < 0)
        {
            return StoreOutcome.FailBefore;
        }

        if ((chance -= _faults.FailAfter) < 0)
        {
            return StoreOutcome.FailAfter;
        }

        return chance < _faults.HalfApply ? StoreOutcome.HalfApply : StoreOutcome.Ok;
    }

    private TimeSpan Latency()
    {
        var latency = _random.Between(_faults.LatencyMin, _faults.LatencyMax);
        return IsEnabled && _random.NextDouble() < _faults.Delay ? latency + _random.Between(TimeSpan.Zero, _faults.DelayMax) : latency;
    }
}
