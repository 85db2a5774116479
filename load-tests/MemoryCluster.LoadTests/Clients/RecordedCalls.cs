using System.Diagnostics.CodeAnalysis;
using MemoryCluster.Client;
using MemoryCluster.LoadTests.Chaos;
using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Clients;

/// <summary>Calls of one client, repeated as the contract permits, with the outcome that follows from its words.</summary>
/// <param name="next">Whom to ask: a client that repeats nothing by itself.</param>
/// <param name="patience">A call that may be repeated is given up when its outcome is not known by then.</param>
internal sealed class RecordedCalls(Func<MemoryClusterClient> next, ChaosTally tally, TimeSpan patience, TimeProvider clock)
{
    /// <summary>A call that was not answered in all its time, repeated as often as it could be.</summary>
    public const string GivenUp = "calls given up after all repeats";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task<Attempted<T>> AskAsync<T>(Func<MemoryClusterClient, Task<T>> call, bool isRepeatable, CancellationToken cancellationToken)
        where T : class
    {
        var began = Now();
        for (var mayHaveTakenEffect = false; ;)
        {
            var sent = Now();
            try
            {
                var answer = await call(next());
                return new Attempted<T>(OperationOutcome.Ok, answer, began, sent, Now());
            }
            catch (MemoryClusterException fault)
            {
                if (Told(fault) is { } told)
                    return new Attempted<T>(told, null, began, sent, Now());
                mayHaveTakenEffect |= MayHaveTakenEffect(fault.Fault);
                Count(fault);
                if (!isRepeatable || !fault.Fault.IsTransient() || IsOutOfPatience(began))
                    return Unanswered<T>(mayHaveTakenEffect, began, sent);
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private long Now() => clock.Nanoseconds();

    private bool IsOutOfPatience(long began)
    {
        if (Now() - began < patience.TotalNanoseconds)
            return false;
        tally.Count(GivenUp);
        return true;
    }

    private Attempted<T> Unanswered<T>(bool mayHaveTakenEffect, long began, long sent)
        where T : class =>
        mayHaveTakenEffect
            ? new Attempted<T>(OperationOutcome.Unknown, null, began, sent, long.MaxValue)
            : new Attempted<T>(OperationOutcome.Fail, null, began, sent, Now());

    private void Count(MemoryClusterException fault)
    {
        tally.Count($"calls that ended in {fault.Code}");
        // No fault of a silo, a link or Redis excuses an answer that says neither what was done nor what to do.
        if (!fault.Fault.IsTransient())
            tally.Violate("refused", $"{fault.Message} ({fault.Code})");
    }

    [SuppressMessage("Style", "IDE0072:Add missing cases", Justification = "Every other fault tells nothing of the memory.")]
    private static OperationOutcome? Told(MemoryClusterException fault) => fault.Fault switch
    {
        MemoryFault.NotFound when fault.Code == "memory_not_found" => OperationOutcome.Absent,
        MemoryFault.StaleVersion => OperationOutcome.Stale,
        _ => null,
    };

    // What the contract says of each fault: nothing was done, or nobody knows.
    private static bool MayHaveTakenEffect(MemoryFault fault) =>
        fault is MemoryFault.OutcomeUnknown or MemoryFault.DeadlineExceeded or MemoryFault.IdempotencyInFlight or MemoryFault.Unspecified;
}
