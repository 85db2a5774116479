using MemoryCluster.Access;
using MemoryCluster.Forgetting;
using MemoryCluster.Records;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <summary>Decides changes and deletions of memories that are there.</summary>
internal sealed class ChangeWork(ShardState state, OperationLedger operations, KeptVectors vectors)
{
    // Erasures of one mutation: a script that removes a thousand records holds a store up for about a millisecond.
    private const int ErasuresMax = 1_000;

    public Step<MemoryRecord> Patch(PatchCommand command, AccessView access, PendingBatch batch)
    {
        if (batch.Touches(command.Id.Value))
        {
            return new Step<MemoryRecord>.Wait();
        }

        var entry = state.Find(command.Id);
        if (entry is null || !access.MaySee(entry.Record))
        {
            throw Missing.Memory(command.Id);
        }

        RequireVersion(command, entry.Record);
        // what stands for another must say what it said when the two became one
        var loosening = command is { Text: null, Visibility: null, ValidTo: null }
            ? Loosening.OfNothing(state)
            : Loosening.OfChanging(state, entry.Record);
        if (loosening.Touched.Any(id => batch.Touches(id.Value)))
        {
            return new Step<MemoryRecord>.Wait();
        }

        var changed = Changed(command, loosening.Current(command.Id)!, access.Caller.Key, batch);
        RequireSound(changed);
        var write = command.Text is null
            ? state.Rewritten(changed)
            : RecordWrite.Put(RecordCodec.KeyOf(changed.Id), RecordCodec.Encode(changed, command.Embedding));
        var (mutation, remember) = operations.Mutation(
            batch, [.. loosening.Puts(but: changed.Id), write, .. Erasures(loosening.Gone), .. MemoryEnds.Unsay(state, [changed.Id])], command.Operation,
            body => new StoredOperation { Body = body, Patched = changed.Id });
        return new Step<MemoryRecord>.Write([mutation], () => { Apply(loosening, static () => { }); state.Put(changed, Embedding()); remember(); }, changed);

        // With the text stays the vector; where it is not held in full the write has just read it.
        Embedding? Embedding() => command.Text is not null ? command.Embedding : state.EmbeddingOf(entry) ?? vectors.Find(changed.Id);
    }

    public Step<DeletionReceipt> Delete(DeleteCommand command, AccessView access, PendingBatch batch)
    {
        if (batch.Touches(command.Id.Value))
        {
            return new Step<DeletionReceipt>.Wait();
        }

        var entry = state.Find(command.Id);
        return entry is null || !access.MaySee(entry.Record)
            ? throw Missing.Memory(command.Id)
            : Erase([command.Id], command.CascadeDerived, command.Operation, batch);
    }

    public Step<DeletionReceipt> Forget(ForgetCommand command, AccessView access, PendingBatch batch)
    {
        // What is not applied yet cannot be matched, and a forget that returns must have caught every write acknowledged before it.
        if (!batch.IsEmpty)
        {
            return new Step<DeletionReceipt>.Wait();
        }

        var matching = state.Entries
            .Where(entry => Matches(command, entry.Record) && access.MaySee(entry.Record))
            .Select(entry => entry.Record.Id)
            .Order();
        return Erase([.. matching], cascadeDerived: true, command.Operation, batch);
    }

    /// <summary>Erases memories, what was made of them where it shall go too, and nothing that somebody else still stands for.</summary>
    public Step<DeletionReceipt> Erase(ImmutableArray<MemoryId> named, bool cascadeDerived, OperationId? operation, PendingBatch batch)
    {
        var loosening = Loosening.OfErasing(state, cascadeDerived ? WithDerived(named) : named);
        var all = loosening.Gone;
        if (loosening.Touched.Any(id => batch.Touches(id.Value)))
        {
            return new Step<DeletionReceipt>.Wait();
        }

        var chunks = all.Chunk(ErasuresMax).ToList();
        var receipt = new DeletionReceipt
        {
            Deleted = all, Derived = all.Length - named.Length, Seq = batch.NextSeq + Math.Max(chunks.Count, operation is null ? 0 : 1) - 1, At = batch.At,
        };
        if (chunks.Count == 0 && operation is null)
        {
            return new Step<DeletionReceipt>.Answer(receipt);
        }

        // what is freed first: of a crash between two mutations nothing must be left that stands for nobody
        var freed = loosening.Puts();
        var mutations = new List<ShardMutation>();
        foreach (var chunk in chunks.Take(Math.Max(0, chunks.Count - 1)))
        {
            mutations.Add(new ShardMutation { Seq = batch.NextSeq + mutations.Count, At = batch.At, Writes = [.. freed, .. Erasures(chunk)] });
            freed = [];
        }

        // The answer stands in the last mutation: it is durable only when all of them are.
        var (last, remember) = operations.Mutation(
            batch, chunks.Count == 0 ? [] : [.. freed, .. Erasures(chunks[^1])], operation, body => new StoredOperation { Body = body, Deleted = receipt });
        mutations.Add(last with { Seq = batch.NextSeq + mutations.Count });
        return new Step<DeletionReceipt>.Write(mutations, () => Apply(loosening, remember), receipt);
    }

    private void Apply(Loosening loosening, Action remember)
    {
        loosening.Apply();
        foreach (var id in loosening.Gone)
        {
            state.Remove(id);
        }

        remember();
    }

    private ImmutableArray<RecordWrite> Erasures(IReadOnlyCollection<MemoryId> ids) => [.. MemoryEnds.Erase(state, ids)];

    private ImmutableArray<MemoryId> WithDerived(ImmutableArray<MemoryId> named)
    {
        var gone = named.ToHashSet();
        var all = named.ToBuilder();
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var entry in state.Entries)
            {
                if (entry.Record.Provenance.DerivedFrom.Any(gone.Contains) && gone.Add(entry.Record.Id))
                {
                    all.Add(entry.Record.Id);
                    grew = true;
                }
            }
        }

        return all.ToImmutable();
    }

    private static bool Matches(ForgetCommand command, MemoryRecord memory) =>
        (command.Agent is not { } agent || memory.Provenance.Agents.Contains(agent))
        && (command.User is not { } user || memory.Provenance.User == user)
        && (command.Run is not { } run || memory.Provenance.Run == run)
        && (command.WrittenBefore is not { } before || memory.Times.CreatedAt < before);

    private static void RequireVersion(PatchCommand command, MemoryRecord current)
    {
        if (current.Version != command.IfVersion)
        {
            throw new MemoryClusterException(
                MemoryFault.StaleVersion,
                $"Memory {command.Id} is at version {current.Version}, the change was made for {command.IfVersion}; read it again and repeat.");
        }
    }

    private static MemoryRecord Changed(PatchCommand command, MemoryRecord current, KeyId by, PendingBatch batch)
    {
        var replaced = new MemoryRevision
        {
            Version = current.Version, Seq = current.Seq, At = current.Times.UpdatedAt, By = current.UpdatedBy, Text = current.Text,
            Tags = current.Tags, Metadata = current.Metadata, Visibility = current.Visibility, ValidTo = current.Times.ValidTo,
        };
        var kept = current.Revisions.Length < MemoryRecord.RevisionsMax ? current.Revisions : current.Revisions.RemoveAt(0);
        // What somebody still works on is not forgotten.
        return ForgettingRules.Revived(current) with
        {
            Version = current.Version + 1,
            Seq = batch.NextSeq,
            Text = command.Text ?? current.Text,
            Tags = command.Tags ?? current.Tags,
            Metadata = command.Metadata ?? current.Metadata,
            Visibility = command.Visibility ?? current.Visibility,
            Times = current.Times with { UpdatedAt = batch.At, ValidTo = command.ValidTo ?? current.Times.ValidTo },
            Revisions = kept.Add(replaced),
            UpdatedBy = by,
            Course = command.Text is null ? current.Course : null,
            Written = command.Text is null ? current.Written : null,
        };
    }

    private static void RequireSound(MemoryRecord changed)
    {
        if (changed.Visibility == Visibility.Private && changed.Provenance.User is null)
        {
            throw new MemoryClusterException(
                MemoryFault.BadRequest, "A private memory needs a user and this one has none.", code: "user_required", field: "visibility");
        }

        if (changed.Times.ValidFrom is { } from && changed.Times.ValidTo is { } to && to <= from)
        {
            throw new MemoryClusterException(
                MemoryFault.BadRequest, $"validTo {to:O} is not after validFrom {from:O}.", code: "range_contradictory", field: "validTo");
        }
    }
}
