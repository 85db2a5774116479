using MemoryCluster.Records;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <summary>Counts outcomes on the memories that were used, once per recall.</summary>
internal sealed class OutcomeWork(ShardState state, OperationLedger operations)
{
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

    public Step<bool> Credit(RecallId recall, ImmutableArray<MemoryId> used, double reward, PendingBatch batch)
    {
        var operation = OperationOf(recall);
        if (batch.Touches(operation.Key) || used.Any(id => batch.Touches(id.Value)))
        {
            return new Step<bool>.Wait();
        }

        if (operations.Find(operation) is not null)
        {
            return new Step<bool>.Answer(false);
        }

        // A memory deleted since the recall has nothing left to credit.
        var credited = used.Distinct().Select(state.Find).OfType<ShardEntry>()
            .Select(entry => (Entry: entry, Record: Credited(entry.Record, reward, batch.At))).ToList();
        var writes = credited.Select(pair => RecordWrite.Put(
            RecordCodec.KeyOf(pair.Record.Id), RecordCodec.Encode(pair.Record, state.EmbeddingOf(pair.Entry))));
        var (mutation, remember) = operations.Mutation(batch, [.. writes], operation, body => new StoredOperation { Body = body });
        return new Step<bool>.Write([mutation], () => Apply(credited, remember), true);
    }

    private void Apply(List<(ShardEntry Entry, MemoryRecord Record)> credited, Action remember)
    {
        foreach (var (_, record) in credited)
        {
            state.Touch(record);
        }

        remember();
    }

    private static MemoryRecord Credited(MemoryRecord memory, double reward, DateTimeOffset at) => memory with
    {
        Utility = memory.Utility with
        {
            Uses = memory.Utility.Uses + 1, RewardSum = memory.Utility.RewardSum + reward, LastUsedAt = at,
        },
    };
}
