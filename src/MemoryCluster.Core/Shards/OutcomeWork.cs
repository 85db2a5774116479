using System.Runtime.InteropServices;
using MemoryCluster.Consolidation;
using MemoryCluster.Diffusion;
using MemoryCluster.Forgetting;
using MemoryCluster.Records;
using MemoryCluster.Shards.Writing;
using MemoryCluster.Utility;

namespace MemoryCluster.Shards;

/// <summary>Counts outcomes on the memories that were used, once per recall.</summary>
internal sealed class OutcomeWork(ShardState state, OperationLedger operations)
{
    private readonly CoUseLog _log = new();
    private readonly List<Coalition> _coalitions = [];

    /// <summary>The idempotent request that an outcome is: the recall's id alone, so that a second report changes nothing.</summary>
    public static OperationId OperationOf(RecallId recall) => new(Hash128.Of("outcome", recall.ToString()), Guid.Empty);

    public static void RequireKnown(RecallNote note, ImmutableArray<MemoryId> used)
    {
        if (used.FirstOrDefault(id => !note.Hits.Contains(id)) is { } stranger && stranger != default)
        {
            throw new MemoryClusterException(
                MemoryFault.BadRequest, $"Memory {stranger} is not among the hits of recall {note.Recall}.", code: "used_not_a_hit", field: "used");
        }
    }

    /// <summary>Reads an outcome again that was counted before the shard was opened.</summary>
    public void Load(StoredOperation operation)
    {
        if (operation.Outcome is { } outcome)
        {
            _log.Add(outcome.Used, outcome.Reward);
        }
    }

    /// <summary>Splits an outcome of a recall noted here, counts what falls to this shard, and tells what falls to others.</summary>
    public Step<(bool IsNew, ImmutableArray<MemoryCredit> Elsewhere)> Settle(
        RecallNote note, RecallOutcome outcome, TeamPolicy policy, PendingBatch batch)
    {
        var used = UsedIn(note, outcome);
        var operation = OperationOf(note.Recall);
        if (Waits(operation, used, batch))
        {
            return new Step<(bool, ImmutableArray<MemoryCredit>)>.Wait();
        }

        // What was told to others is told again as it was, though a new split would come out otherwise by now.
        if (Settled(note.Recall) is { } settled)
        {
            return new Step<(bool, ImmutableArray<MemoryCredit>)>.Answer((false, settled));
        }

        var credits = Split(used, note, outcome, policy.Utility);
        ImmutableArray<MemoryCredit> elsewhere = [.. credits.Where(credit => state.Find(credit.Id) is null)];
        return Write(operation, credits, StoredOf(used, outcome, elsewhere), policy, batch, (true, elsewhere));
    }

    /// <summary>What falls to other shards of an outcome that was counted here, whoever owned the shard then; null where none was.</summary>
    public ImmutableArray<MemoryCredit>? Settled(RecallId recall) =>
        operations.Find(OperationOf(recall)) is { } done ? done.Outcome?.Elsewhere ?? [] : null;

    private static StoredOutcome StoredOf(ImmutableArray<MemoryId> used, RecallOutcome outcome, ImmutableArray<MemoryCredit> elsewhere) =>
        new(used.Length <= CoUseLog.MembersMax ? used : [], outcome.Reward, elsewhere.IsEmpty ? null : elsewhere);

    /// <summary>Counts what falls to this shard of an outcome noted elsewhere.</summary>
    public Step<bool> Credit(RecallId recall, ImmutableArray<MemoryCredit> credits, TeamPolicy policy, PendingBatch batch)
    {
        var operation = OperationOf(recall);
        if (Waits(operation, credits.Select(credit => credit.Id), batch))
        {
            return new Step<bool>.Wait();
        }

        return operations.Find(operation) is not null
            ? new Step<bool>.Answer(false)
            : Write(operation, credits, outcome: null, policy, batch, true);
    }

    /// <summary>What falls to each of the memories that an outcome used.</summary>
    public MemoryCredit[] Split(RecallNote note, RecallOutcome outcome, UtilityPolicy policy) => Split(UsedIn(note, outcome), note, outcome, policy);

    private static ImmutableArray<MemoryId> UsedIn(RecallNote note, RecallOutcome outcome)
    {
        var used = outcome.Used ?? note.Hits;
        for (var i = 1; i < used.Length; i++)
        {
            if (used.AsSpan(0, i).Contains(used[i]))
            {
                return [.. used.Distinct()];
            }
        }

        return used;
    }

    private static bool Waits(OperationId operation, IEnumerable<MemoryId> used, PendingBatch batch) =>
        batch.Touches(operation.Key) || used.Any(id => batch.Touches(id.Value));

    private MemoryCredit[] Split(ImmutableArray<MemoryId> used, RecallNote note, RecallOutcome outcome, UtilityPolicy policy)
    {
        var stage = outcome.Stage ?? note.Stage;
        // Measured of all of them or of none: shares of two kinds would not compare.
        if (used.Length > 1 && used.All(id => BasisOf(outcome, id)?.Marginal is not null))
        {
            return [.. used.Select(id => new MemoryCredit(id, outcome.Reward, BasisOf(outcome, id)!.Value.Marginal!.Value, stage, ByReplay: true))];
        }

        var average = state.Rewards.Value;
        var (shown, portions, shares) = (new double[used.Length], new double[used.Length], new double[used.Length]);
        for (var i = 0; i < used.Length; i++)
        {
            shown[i] = state.Find(used[i]) is { } entry ? UtilityRules.ShownCredit(state.UtilityOf(entry.Record), policy)
                : BasisOf(outcome, used[i]) is { } basis ? UtilityRules.ShownCredit(basis.Utility, policy) : 0;
            // Who names what was used means all of it; where a whole page is taken for used, its first hits were read more surely than its last.
            portions[i] = outcome.Used is not null ? 1 : 1 / Math.Log2(i + 2);
        }

        _coalitions.Clear();
        _log.Collect(used.AsSpan(), _coalitions);
        JointCredit.Split(outcome.Reward - average, average, shown, portions, CollectionsMarshal.AsSpan(_coalitions), shares);
        return [.. used.Select((id, i) => new MemoryCredit(id, outcome.Reward, shares[i], stage))];
    }

    private static CreditBasis? BasisOf(RecallOutcome outcome, MemoryId id)
    {
        foreach (var basis in outcome.Basis ?? [])
        {
            if (basis.Id == id)
            {
                return basis;
            }
        }

        return null;
    }

    private Step<T> Write<T>(
        OperationId operation, IEnumerable<MemoryCredit> credits, StoredOutcome? outcome, TeamPolicy policy, PendingBatch batch, T answer)
    {
        // A memory deleted since the recall has nothing left to credit.
        var credited = new List<(MemoryRecord Memory, bool IsCounted)>();
        var writes = ImmutableArray.CreateBuilder<RecordWrite>();
        foreach (var credit in credits)
        {
            if (state.Find(credit.Id) is { } entry)
            {
                var utility = UtilityRules.Credited(entry.Record.Utility, credit, batch.At, policy.Utility);
                var counted = entry.Record with { Utility = utility };
                var record = Judged(counted, credit, batch.At, policy);
                // Where the counters are all that changed, they are all that is written; who decides on the memory meanwhile waits all the same.
                var isCounted = ReferenceEquals(record, counted);
                credited.Add((record, isCounted));
                batch.Touch(record.Id.Value);
                writes.Add(isCounted
                    ? RecordWrite.Put(UtilityCodec.KeyOf(record.Id), UtilityCodec.Encode(record.Id, utility))
                    : state.Rewritten(record));
            }
        }

        var (mutation, remember) = operations.Mutation(
            batch, writes.ToImmutable(), operation, body => new StoredOperation { Body = body, Outcome = outcome });
        return new Step<T>.Write([mutation], () => Apply(credited, outcome, remember), answer);
    }

    private void Apply(List<(MemoryRecord Memory, bool IsCounted)> credited, StoredOutcome? outcome, Action remember)
    {
        foreach (var (memory, isCounted) in credited)
        {
            if (isCounted)
            {
                state.Credit(memory.Id, memory.Utility);
                continue;
            }

            state.Touch(memory);
            if (memory.Course == ConsolidationCourse.Due)
            {
                state.Due.Note(memory);
            }
        }

        if (outcome is not null)
        {
            _log.Add(outcome.Used, outcome.Reward);
        }

        remember();
    }

    // Itself where use has shown nothing that changes how it stands.
    private MemoryRecord Judged(MemoryRecord used, MemoryCredit credit, DateTimeOffset at, TeamPolicy policy)
    {
        if (UtilityRules.IsSpent(used.Kind, used.Utility, policy.Utility))
        {
            return used.State is MemoryState.Active or MemoryState.Candidate ? ForgettingRules.Archived(used, ForgettingRules.Pruned, at) : used;
        }

        // An insight that misled waits for consolidation to take it back.
        if (InsightScore.IsSpent(used))
        {
            return used with { Course = ConsolidationCourse.Due };
        }

        // Who looked among the archived and succeeded with what was there brings it back.
        var kept = credit.Reward >= UtilityRules.SuccessMin ? ForgettingRules.Revived(used) : used;
        return DiffusionRules.AfterUse(kept, state.Copies.ProvenancesOf(kept.Diffusion), policy.Diffusion);
    }
}
