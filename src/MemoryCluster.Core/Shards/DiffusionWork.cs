using MemoryCluster.Diffusion;
using MemoryCluster.Index;
using MemoryCluster.Records;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <summary>A shard's part in diffusion: what it has to give, how near it is, and what it takes from other teams.</summary>
internal sealed class DiffusionWork(ShardState state, ShardId shard, OperationLedger operations, ChangeWork change)
{
    // So many of the nearest tell what a shard's memories are about.
    private const int NearestMax = 5;

    /// <summary>What has proved itself, the heaviest first.</summary>
    public ImmutableArray<MemoryRecord> Offered(DiffusionPolicy policy, int max, DateTimeOffset now) =>
    [
        .. Entries(policy.UsesMin > 0).Select(entry => entry.Record)
            .Where(memory => DiffusionRules.IsOffered(memory, policy, now))
            .OrderByDescending(memory => memory.Utility.Weight).ThenBy(memory => memory.Id)
            .Take(max)
            .Select(memory => memory with { Revisions = [], Evidence = [] }),
    ];

    /// <summary>What came from other teams, the latest first.</summary>
    public ImmutableArray<MemoryRecord> Copies(int max) =>
        [.. state.Copies.NewestFirst.Take(max).Select(id => state.Find(id)!.Record with { Revisions = [] })];

    /// <summary>Those that stand, after one of them and in order of their ids.</summary>
    public ImmutableArray<MemoryRecord> CopiesAfter(MemoryId id, int max) =>
    [
        .. state.Copies.After(id).Select(copy => state.Find(copy)!.Record)
            .Where(copy => copy.State is MemoryState.Candidate or MemoryState.Active)
            .Take(max)
            .Select(copy => copy with { Revisions = [], Evidence = [] }),
    ];

    public Nearness NearnessTo(Embedding vector)
    {
        Span<ScoredOrdinal> nearest = stackalloc ScoredOrdinal[NearestMax];
        nearest = nearest[..(state.IsOwn(vector) ? state.Spaces.Search([vector], nearest, new OwnFilter(state)) : 0)];
        var sum = 0.0;
        foreach (var hit in nearest)
        {
            sum += hit.Score;
        }

        return nearest.IsEmpty ? default : new Nearness(nearest[0].Score, sum / nearest.Length);
    }

    public Step<DiffusionAnswer> Offer(DiffusionOffer offer, TeamPolicy policy, PendingBatch batch)
    {
        var operation = DiffusionRules.OfferOf(offer, shard.Team);
        if (batch.Touches(offer.Copy.Value) || batch.Touches(operation.Key))
        {
            return new Step<DiffusionAnswer>.Wait();
        }

        if (state.Find(offer.Copy) is not null)
        {
            return new Step<DiffusionAnswer>.Answer(new DiffusionAnswer(true, ""));
        }

        if (RefusalOf(offer, operation, policy) is { } reason)
        {
            return new Step<DiffusionAnswer>.Answer(new DiffusionAnswer(false, reason));
        }

        var copy = DiffusionRules.CopyOf(offer, shard.Team, policy, batch.NextSeq, batch.At);
        var write = RecordWrite.Put(RecordCodec.KeyOf(copy.Id), RecordCodec.Encode(copy, offer.Embedding));
        var (mutation, remember) = operations.Mutation(batch, [write], operation, body => new StoredOperation { Body = body });
        return new Step<DiffusionAnswer>.Write(
            [mutation], () => { state.Put(copy, offer.Embedding); remember(); }, new DiffusionAnswer(true, ""));
    }

    /// <summary>Erases a copy with what was made of it; where it never arrived, that it never will is as durable.</summary>
    public Step<bool> Withdraw(MemoryId copy, PendingBatch batch)
    {
        var operation = DiffusionRules.WithdrawalOf(copy);
        if (batch.Touches(copy.Value) || batch.Touches(operation.Key))
        {
            return new Step<bool>.Wait();
        }

        if (operations.Find(operation) is not null)
        {
            return new Step<bool>.Answer(true);
        }

        if (state.Find(copy) is { Record.Diffusion: not null })
        {
            return change.Erase([copy], cascadeDerived: true, operation, batch) switch
            {
                Step<DeletionReceipt>.Write write => new Step<bool>.Write(write.Mutations, write.Apply, true),
                Step<DeletionReceipt>.Answer => new Step<bool>.Answer(true),
                _ => new Step<bool>.Wait(),
            };
        }

        // The offer may still be on its way: a tombstone waits for it.
        var (mutation, remember) = operations.Mutation(
            batch, [RecordWrite.Erase(RecordCodec.KeyOf(copy))], operation, body => new StoredOperation { Body = body });
        return new Step<bool>.Write([mutation], remember, true);
    }

    // What was never used is passed over without a look at its record: of a large shard that is nearly all.
    private IEnumerable<ShardEntry> Entries(bool onlyTried)
    {
        for (var ordinal = 0; ordinal < state.OrdinalsEnd; ordinal++)
        {
            if ((!onlyTried || state.Weights.IsTried(ordinal)) && state.At(ordinal) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private string? RefusalOf(DiffusionOffer offer, OperationId operation, TeamPolicy policy) =>
        operations.Find(DiffusionRules.WithdrawalOf(offer.Copy)) is not null ? "withdrawn"
        : operations.Find(operation) is not null ? "deleted_there"
        : state.Count >= policy.MemoriesMax ? "team_full"
        : NearnessTo(offer.Embedding).Best >= policy.MergeSimilarity ? "known_there"
        : null;

    private readonly struct OwnFilter(ShardState state) : IOrdinalFilter
    {
        public bool Accepts(int ordinal) => state.At(ordinal) is { Record: { State: MemoryState.Active or MemoryState.Candidate, Diffusion: null } };
    }
}
