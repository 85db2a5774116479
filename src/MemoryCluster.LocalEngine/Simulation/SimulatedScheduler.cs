using MemoryCluster.LocalEngine.Runtime;
using MemoryCluster.LocalEngine.Scheduling;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>Turns run one by one on the simulation's thread, in an order that the seed chooses; calls and answers between silos are messages.</summary>
internal sealed class SimulatedScheduler(SimulatedCluster simulation, Cluster cluster) : IScheduler
{
    private readonly List<TurnContext> _ready = [];
    private readonly HashSet<Call> _pending = [];
    private readonly Network _network = new(simulation);

    public bool RunsInline => false;

    public void Schedule(TurnContext context)
    {
        if (NodeOf(context) is not { } node || node is { IsDead: false, IsFrozen: false })
        {
            _ready.Add(context);
        }
        else if (!node.IsDead)
        {
            node.Park(context);
        }
    }

    // A dead silo's leftovers are finalised on another thread while the run goes on; nothing of them counts any more.
    public bool Accepts(TurnContext context) => NodeOf(context) is not { IsDead: true } && simulation.Home.Check(context);

    /// <summary>Runs one turn of one context. Whether there was one.</summary>
    public bool TryStep()
    {
        if (_ready.Count == 0)
        {
            return false;
        }

        var index = simulation.Random.Next(_ready.Count);
        var context = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        simulation.Trace.Add(TraceKind.Turn, context.Ordinal, _ready.Count, simulation.IsTraced ? context.ToString() : null);
        if (context.RunTurn())
        {
            Schedule(context);
        }

        return true;
    }

    /// <summary>Takes the silo's turns off the list: they wait, or will never run.</summary>
    public void Suspend(SimulatedSilo silo)
    {
        var suspended = _ready.FindAll(context => context.Silo == silo.Silo);
        _ready.RemoveAll(context => context.Silo == silo.Silo);
        suspended.ForEach(Schedule);
    }

    public void Send(Call call) => Send(call, simulation.Route(call), call.Source);

    public void Reply(Call call, Activation from, Task outcome) =>
        _network.Transmit(TraceKind.Reply, from, call.Source, call.Invocation, () => call.Complete(outcome));

    public void Cancel(Call call)
    {
        if (call is { Target: { } target, Cancellation: not null })
        {
            _network.Transmit(TraceKind.Cancel, call.Source, target, call.Invocation, () => target.Post(static state => ((Call)state!).CancelCallee(), call));
        }
    }

    // The grain knows no more than the message says: when it was to be answered at the latest.
    public bool IsAbandoned(Call call) => simulation.Clock.GetTimestamp() >= call.Deadline || call.Cancellation is { IsCancellationRequested: true };

    public void Arm(Call call, TimeSpan timeout)
    {
        _pending.Add(call);
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            call.Deadline = simulation.Clock.GetTimestamp() + timeout.Ticks;
            var clock = NodeOf(call.Source)?.Clock ?? simulation.Clock;
            call.Timer = clock.CreateTimer(static state => ((Call)state!).Expire(), call, timeout, Timeout.InfiniteTimeSpan);
        }
    }

    public void Disarm(Call call)
    {
        _pending.Remove(call);
        call.Timer?.Dispose();
    }

    /// <summary>Tells the callers of a silo that was declared dead.</summary>
    public void FailPending(SimulatedSilo silo)
    {
        foreach (var call in _pending.Where(call => call.Target?.Silo == silo.Silo).ToArray())
        {
            var exception = new SiloUnavailableException(
                $"{silo} was declared dead while it worked on {call.Invocation.GetActivityName()} of {call.TargetId}; whether that had an effect is not known.");
            _network.Transmit(TraceKind.Reply, from: null, call.Source, call.Invocation, () => call.TryFail(exception));
        }
    }

    private void Send(Call call, Activation? target, TurnContext? from)
    {
        try
        {
            target ??= cluster.Locate(call.GrainClass, call.TargetId, from);
        }
        catch (OrleansException exception)
        {
            call.TryFail(exception);
            return;
        }

        call.Target = target;
        _network.Transmit(TraceKind.Request, from, target, call.Invocation, () => Arrive(call, target));
    }

    private void Arrive(Call call, Activation addressee)
    {
        // Which worker of a pool is free is known only where they are.
        var target = addressee.Pool?.Pick() ?? addressee;
        switch (target.Receive(call))
        {
            case Receipt.Full:
                Reply(call, target, call.Invocation.Faulted(cluster.Overload(target)));
                break;
            case Receipt.Ended:
                cluster.Directory.Remove(target);
                Send(call, target: null, from: target);
                break;
            case Receipt.Accepted:
                break;
        }
    }

    private SimulatedSilo? NodeOf(TurnContext? context) => context?.Silo is { } silo ? simulation.NodeOf(silo) : null;
}
