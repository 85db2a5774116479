using MemoryCluster.Records;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <summary>Changes how memories stand, as their team's controller decided.</summary>
internal sealed class SettleWork(ShardState state, OperationLedger operations)
{
    /// <summary>How a memory stands that was decided on so.</summary>
    public static MemoryState StateOf(Decision decision) => decision switch
    {
        Decision.Admitted => MemoryState.Active,
        Decision.Candidate => MemoryState.Candidate,
        Decision.Quarantined => MemoryState.Quarantined,
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "Nothing is stored after this decision."),
    };

    /// <summary>False where the memory is no more.</summary>
    public Step<bool> Settle(MemoryId id, AdmissionGrant grant, OperationId operation, PendingBatch batch)
    {
        if (batch.Touches(id.Value) || batch.Touches(operation.Key))
        {
            return new Step<bool>.Wait();
        }

        if (state.Find(id) is not { } entry)
        {
            return new Step<bool>.Answer(false);
        }

        // What was archived or folded into another since stands on what was learned later.
        var current = entry.Record;
        if (operations.Find(operation) is not null || current.State is not (MemoryState.Active or MemoryState.Candidate or MemoryState.Quarantined))
        {
            return new Step<bool>.Answer(true);
        }

        // What use has taught of it since is worth more than what it began with.
        var weight = current.Utility.Uses == 0 ? grant.Weight : Math.Max(current.Utility.Weight, grant.Weight);
        var settled = current with { State = StateOf(grant.Decision), Reason = grant.Reason, Utility = current.Utility with { Weight = weight } };
        var write = state.Rewritten(settled);
        var (mutation, remember) = operations.Mutation(batch, [write], operation, body => new StoredOperation { Body = body });
        return new Step<bool>.Write([mutation], () => { state.Touch(settled); remember(); }, true);
    }
}
