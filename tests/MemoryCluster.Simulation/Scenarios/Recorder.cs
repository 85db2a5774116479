using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.Simulations.Histories;
using Orleans.Runtime;

namespace MemoryCluster.Simulations.Scenarios;

/// <summary>Writes down what callers see.</summary>
internal sealed class Recorder(SimulatedCluster cluster)
{
    private readonly List<Call> _calls = [];

    public ImmutableArray<Call> Calls => [.. _calls.OrderBy(call => call.Start)];

    /// <summary>Makes a call and keeps what <paramref name="toCall"/> makes of it. The answer; null where there was none.</summary>
    public async Task<T?> CallAsync<T>(Func<Task<T>> call, Func<Moment, T?, Call> toCall)
    {
        var start = cluster.Clock.GetTimestamp();
        try
        {
            var answer = await call();
            _calls.Add(toCall(new Moment(start, cluster.Clock.GetTimestamp(), Outcome.Ok, null), answer));
            return answer;
        }
#pragma warning disable CA1031 // The recorder is where calls end, whatever they end with; what the contract does not know becomes a violation.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _calls.Add(toCall(Failed(start, exception), default));
            return default;
        }
    }

    private Moment Failed(long start, Exception exception)
    {
        var end = cluster.Clock.GetTimestamp();
        return exception switch
        {
            MemoryClusterException fault => new Moment(start, end, OutcomeOf(fault), fault.Code),
            TimeoutException or SiloUnavailableException => new Moment(start, end, Outcome.Unknown, exception.GetType().Name),
            _ => new Moment(start, end, Outcome.Unexpected, $"{exception.GetType().Name}: {exception.Message}{Environment.NewLine}{exception.StackTrace}"),
        };
    }

    private static Outcome OutcomeOf(MemoryClusterException fault) => fault.Fault switch
    {
        MemoryFault.NotFound or MemoryFault.StaleVersion or MemoryFault.IdempotencyMismatch or MemoryFault.QuotaExceeded or MemoryFault.Overloaded
            or MemoryFault.ShardUnavailable or MemoryFault.StoreUnavailable or MemoryFault.EmbedderUnavailable => Outcome.Refused,
        MemoryFault.BadRequest when fault.Code is "user_required" or "used_not_a_hit" => Outcome.Refused,
        MemoryFault.OutcomeUnknown or MemoryFault.IdempotencyInFlight or MemoryFault.DeadlineExceeded => Outcome.Unknown,
        _ => Outcome.Unexpected,
    };
}
