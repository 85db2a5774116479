using MemoryCluster.Forgetting;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <summary>
/// Looks at a shard's memories in a circle, some at a time, and archives what has faded and, where the shard holds more than its part of the
/// team's budget, what is worth least per byte. Nothing of it is durable but what it archived: it begins anew after a restart.
/// </summary>
internal sealed class ForgettingWork(ShardState state, PrecisionWork precision)
{
    /// <summary>Memories archived at a time: each is a record written anew, in one append.</summary>
    public const int ArchivedMax = 256;

    private readonly PriorityQueue<ShardEntry, (double Worth, MemoryId Id)> _least = new(BestFirst.Comparer);
    private readonly Queue<MemoryId> _faded = new();
    private readonly Queue<MemoryId> _surplus = new();
    private long _leastBytes;
    private int _next;

    /// <summary>Looks on, at <paramref name="lookedMax"/> memories at most, and says which are next to be archived.</summary>
    public ImmutableArray<MemoryId> Next(int lookedMax, ForgettingPolicy policy, double share, DateTimeOffset now)
    {
        for (var looked = 0; looked < Math.Min(lookedMax, state.OrdinalsEnd) && _faded.Count < ArchivedMax; looked++)
        {
            if (state.At(_next) is { } entry)
            {
                precision.Look(entry, policy, now);
                if (ForgettingRules.MayFade(entry.Record, policy))
                {
                    Weigh(entry, policy, share, now);
                }
            }

            _next = (_next + 1) % state.OrdinalsEnd;
            if (_next == 0)
            {
                EndCircle();
            }
        }

        return [.. Take(_faded), .. Take(_surplus)];
    }

    /// <summary>Archives those that still are to be; returns how many.</summary>
    public Step<int> Archive(ImmutableArray<MemoryId> chosen, ForgettingPolicy policy, double share, PendingBatch batch)
    {
        if (chosen.Any(id => batch.Touches(id.Value)))
        {
            return new Step<int>.Wait();
        }

        var excess = ExcessOf(policy, share);
        var archived = new List<MemoryRecord>();
        var writes = ImmutableArray.CreateBuilder<RecordWrite>();
        foreach (var id in chosen)
        {
            if (state.Find(id) is { } entry && ReasonFor(entry.Record, policy, excess, batch.At) is { } reason)
            {
                var record = ForgettingRules.Archived(entry.Record, reason, batch.At);
                archived.Add(record);
                writes.Add(state.Rewritten(record));
                excess = excess.Without(entry.Bytes);
            }
        }

        return archived.Count == 0
            ? new Step<int>.Answer(0)
            : new Step<int>.Write(
                [new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = writes.ToImmutable() }],
                () => archived.ForEach(state.Touch),
                archived.Count);
    }

    // What was used or confirmed since it was chosen has not faded any more; a budget that has room again lets the rest stay.
    private static string? ReasonFor(MemoryRecord memory, ForgettingPolicy policy, Excess excess, DateTimeOffset now) =>
        ForgettingRules.IsFaded(memory, policy, now) ? ForgettingRules.Faded
        : excess.IsAny && ForgettingRules.MayFade(memory, policy) ? ForgettingRules.OverBudget
        : null;

    private void Weigh(ShardEntry entry, ForgettingPolicy policy, double share, DateTimeOffset now)
    {
        var retention = ForgettingRules.Retention(entry.Record, policy, now);
        if (ForgettingRules.ZoneOf(retention, policy) == MemoryZone.Archived)
        {
            _faded.Enqueue(entry.Record.Id);
            return;
        }

        var excess = ExcessOf(policy, share);
        if (_surplus.Count == 0 && excess.IsAny)
        {
            var worth = state.Weights.Of(entry.Ordinal) * retention / entry.Bytes;
            _least.Enqueue(entry, (worth, entry.Record.Id));
            _leastBytes += entry.Bytes;
            while (_least.Count > 0 && excess.IsMetBy(_least.Count - 1, _leastBytes - _least.Peek().Bytes))
            {
                _leastBytes -= _least.Dequeue().Bytes;
            }
        }
    }

    private void EndCircle()
    {
        // The heap gives the best first; what is worth least goes first.
        var least = new List<MemoryId>(_least.Count);
        while (_least.TryDequeue(out var entry, out _))
        {
            least.Add(entry.Record.Id);
        }

        least.Reverse();
        least.ForEach(_surplus.Enqueue);
        _leastBytes = 0;
    }

    private static IEnumerable<MemoryId> Take(Queue<MemoryId> queue)
    {
        for (var taken = 0; taken < ArchivedMax && queue.TryDequeue(out var id); taken++)
        {
            yield return id;
        }
    }

    private Excess ExcessOf(ForgettingPolicy policy, double share) => new(
        policy.RecordsMax == 0 ? 0 : state.FoundCount - (long)(policy.RecordsMax * share),
        policy.BytesMax == 0 ? 0 : state.FoundBytes - (long)(policy.BytesMax * share));

    /// <summary>What is there beyond the budget; not above 0 where there is room.</summary>
    private readonly record struct Excess(long Records, long Bytes)
    {
        public bool IsAny => Records > 0 || Bytes > 0;

        public Excess Without(int bytes) => new(Records - 1, Bytes - bytes);

        public bool IsMetBy(long records, long bytes) => records >= Records && bytes >= Bytes;
    }

    private sealed class BestFirst : IComparer<(double Worth, MemoryId Id)>
    {
        public static readonly BestFirst Comparer = new();

        public int Compare((double Worth, MemoryId Id) x, (double Worth, MemoryId Id) y) => y.CompareTo(x);
    }
}
