using MemoryCluster.LocalEngine.Proxies;
using MemoryCluster.LocalEngine.Runtime;

namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>The ways between silos and clients. A way keeps its order unless a fault says otherwise.</summary>
internal sealed class Network(SimulatedCluster simulation)
{
    private readonly Dictionary<(int From, int To), long> _lastArrivals = [];

    /// <summary>Has <paramref name="arrive"/> happen at the other end once, twice or never. It happens when the receiver is awake.</summary>
    public void Transmit(TraceKind kind, TurnContext? from, TurnContext? to, Invocation what, Action arrive)
    {
        var deliver = WhenAwake(to, arrive);
        if (from is not null && from.Silo is { } silo && silo == to?.Silo)
        {
            deliver();
            return;
        }

        var faults = simulation.Messages;
        var random = simulation.Random;
        var way = (AddressOf(from), AddressOf(to));
        if (simulation.AreMessagesFaulty && random.NextDouble() < faults.Lose)
        {
            simulation.Trace.Add(TraceKind.Lost, way.Item1, way.Item2, Describe(what));
            return;
        }

        simulation.Trace.Add(kind, way.Item1, way.Item2, Describe(what));
        Deliver(way, deliver);
        if (simulation.AreMessagesFaulty && random.NextDouble() < faults.Duplicate)
        {
            simulation.Trace.Add(TraceKind.Doubled, way.Item1, way.Item2, Describe(what));
            Deliver(way, deliver);
        }
    }

    private void Deliver((int From, int To) way, Action deliver)
    {
        var faults = simulation.Messages;
        var random = simulation.Random;
        var latency = random.Between(faults.LatencyMin, faults.LatencyMax);
        if (simulation.AreMessagesFaulty && random.NextDouble() < faults.Delay)
        {
            latency += random.Between(TimeSpan.Zero, faults.DelayMax);
        }

        var now = simulation.Clock.GetTimestamp();
        var arrival = now + latency.Ticks;
        if (!simulation.AreMessagesFaulty || random.NextDouble() >= faults.Reorder)
        {
            arrival = Math.Max(arrival, _lastArrivals.GetValueOrDefault(way) + 1);
            _lastArrivals[way] = arrival;
        }

        simulation.Clock.Schedule(TimeSpan.FromTicks(arrival - now), deliver);
    }

    private Action WhenAwake(TurnContext? to, Action arrive) =>
        to?.Silo is { } silo ? () => simulation.NodeOf(silo).WhenAwake(arrive) : arrive;

    private string? Describe(Invocation what) => simulation.IsTraced ? what.GetActivityName() : null;

    // A silo's lives have different addresses; clients are told apart by their contexts.
    private static int AddressOf(TurnContext? context) => context switch
    {
        null => -1,
        { Silo: { } silo } => (silo.Address.Generation * 1000) + silo.Index,
        _ => -1 - context.Ordinal,
    };
}
