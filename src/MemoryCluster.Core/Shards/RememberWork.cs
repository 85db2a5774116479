using MemoryCluster.Admission;
using MemoryCluster.Forgetting;
using MemoryCluster.Records;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <summary>Decides one candidate and says what to write of it.</summary>
internal sealed class RememberWork(ShardState state, ShardId shard, MemoryIds ids, OperationLedger operations)
{
    public Step<RememberResult> Decide(RememberCommand command, TeamPolicy policy, PendingBatch batch)
    {
        if (command.Draft is { Grant: not null, Run: { } run })
        {
            if (batch.Touches(ClosedRunCodec.KeyOf(run).Value))
            {
                return new Step<RememberResult>.Wait();
            }

            if (state.ClosedRuns.Contains(run))
            {
                return Reject(command, "run_forgotten", batch);
            }
        }

        var keys = DuplicateKeys.Of(command.Agent, command.Draft);
        if ((keys.Exact is { } exact && batch.Touches(exact)) || (keys.Near is { } near && batch.Touches(near)))
        {
            return new Step<RememberResult>.Wait();
        }

        var verdict = AdmissionRules.Decide(
            command.Draft, policy, state.Count, state.FindExact(keys.Exact), state.FindNear(keys.Near, command.Draft.Embedding));
        return verdict switch
        {
            AdmissionVerdict.Admit admit => Admit(command, policy, keys, admit.Reason, batch),
            // A merge rewrites its target, so it waits for whatever is being written there.
            AdmissionVerdict.Merge merge => batch.Touches(merge.Into.Id.Value)
                ? new Step<RememberResult>.Wait()
                : Merge(command, merge, batch),
            AdmissionVerdict.Reject reject => Reject(command, reject.Reason, batch),
            _ => throw new ArgumentOutOfRangeException(nameof(command), verdict, "A new verdict needs a write here."),
        };
    }

    /// <summary>Whether a candidate would be merged into a memory that is here.</summary>
    public bool IsDuplicate(RememberCommand command, TeamPolicy policy)
    {
        var keys = DuplicateKeys.Of(command.Agent, command.Draft);
        return AdmissionRules.Decide(
            command.Draft, policy, state.Count, state.FindExact(keys.Exact), state.FindNear(keys.Near, command.Draft.Embedding)) is AdmissionVerdict.Merge;
    }

    private Step<RememberResult> Admit(RememberCommand command, TeamPolicy policy, DuplicateKeys keys, string reason, PendingBatch batch)
    {
        var record = NewRecord(command, policy, reason, batch);
        var result = new RememberResult
        {
            Id = record.Id, Decision = command.Draft.Grant?.Decision ?? Decision.Admitted, Reason = reason, Version = record.Version, Seq = record.Seq,
        };
        var write = RecordWrite.Put(RecordCodec.KeyOf(record.Id), RecordCodec.Encode(record, command.Draft.Embedding));
        foreach (var key in new[] { keys.Exact, keys.Near })
        {
            if (key is { } touched)
            {
                batch.Touch(touched);
            }
        }

        return Write(command.Operation, batch, [write], result, () => state.Put(record, command.Draft.Embedding, keys));
    }

    private MemoryRecord NewRecord(RememberCommand command, TeamPolicy policy, string reason, PendingBatch batch)
    {
        var draft = command.Draft;
        return new MemoryRecord
        {
            Id = ids.Next(batch.At),
            Version = 1,
            Seq = batch.NextSeq,
            Team = shard.Team,
            Kind = draft.Kind,
            Visibility = draft.Visibility,
            State = SettleWork.StateOf(draft.Grant?.Decision ?? Decision.Admitted),
            Text = draft.Text,
            Tags = draft.Tags,
            Metadata = draft.Metadata,
            Provenance = new Provenance
            {
                User = draft.User, Agents = [command.Agent, .. draft.Through], Resources = draft.Resources, Run = draft.Run, Source = draft.Source,
                WrittenBy = draft.WrittenBy,
            },
            Times = new MemoryTimes
            {
                CreatedAt = batch.At, UpdatedAt = batch.At, OccurredAt = draft.OccurredAt, ValidFrom = draft.ValidFrom,
                ValidTo = draft.ValidTo, ExpiresAt = draft.ExpiresAt,
            },
            Utility = new MemoryUtility { Weight = draft.Grant?.Weight ?? 1 },
            Reason = reason,
            PolicyVersion = policy.Version,
            UpdatedBy = draft.WrittenBy,
        };
    }

    private Step<RememberResult> Merge(RememberCommand command, AdmissionVerdict.Merge merge, PendingBatch batch)
    {
        var target = merge.Into;
        // The same turn read twice is one piece of evidence, whoever sends it again.
        var isNew = command.Draft.Source is null || command.Draft.Source != target.Provenance.Source;
        var evidence = new MemoryEvidence
        {
            Agent = command.Agent, Run = command.Draft.Run, Source = command.Draft.Source, At = batch.At, Similarity = merge.Similarity,
        };
        isNew &= command.Draft.Source is null || !target.Evidence.Any(known => known.Source == command.Draft.Source);
        var seq = isNew || command.Operation is not null ? batch.NextSeq : batch.NextSeq - 1;
        var result = new RememberResult
        {
            Id = target.Id, Decision = Decision.Merged, Reason = merge.Reason, Version = target.Version, Seq = seq, MergedInto = target.Id,
        };
        if (!isNew)
        {
            return Write(command.Operation, batch, [], result, static () => { });
        }

        // What was archived and is said again is wanted again.
        var merged = ForgettingRules.Revived(target) with
        {
            Utility = target.Utility with { Confirmations = target.Utility.Confirmations + 1 },
            Evidence = target.Evidence.Length < MemoryRecord.EvidenceMax ? target.Evidence.Add(evidence) : target.Evidence,
        };
        return Write(command.Operation, batch, [state.Rewritten(merged)], result, () => state.Touch(merged));
    }

    private Step<RememberResult> Reject(RememberCommand command, string reason, PendingBatch batch)
    {
        var seq = command.Operation is null ? batch.NextSeq - 1 : batch.NextSeq;
        var result = new RememberResult { Id = ids.Next(batch.At), Decision = Decision.Rejected, Reason = reason, Seq = seq };
        return Write(command.Operation, batch, [], result, static () => { });
    }

    // A decision that stores nothing is still written down where it must be answered again.
    private Step<RememberResult> Write(
        OperationId? operation, PendingBatch batch, ImmutableArray<RecordWrite> writes, RememberResult result, Action apply)
    {
        if (writes.IsEmpty && operation is null)
        {
            return new Step<RememberResult>.Answer(result);
        }

        var mutation = operations.Mutation(batch, writes, operation, body => new StoredOperation { Body = body, Remembered = result });
        return new Step<RememberResult>.Write([mutation.Mutation], () => { apply(); mutation.Remember(); }, result);
    }
}
