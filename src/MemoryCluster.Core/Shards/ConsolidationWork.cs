using System.Globalization;
using MemoryCluster.Admission;
using MemoryCluster.Consolidation;
using MemoryCluster.Records;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <summary>Decides what becomes of memories that say the same: one changed memory at a time, against the neighbours that the indexes propose.</summary>
internal sealed class ConsolidationWork(ShardState state)
{
    private const int NeighboursMax = 12;

    private readonly NeighbourSearch _neighbours = new(state);

    /// <summary>Merges a memory with those that say the same; null where none does.</summary>
    public Step<ConsolidationStep?> Merge(MemoryId id, PendingBatch batch)
    {
        if (batch.Touches(id.Value))
        {
            return new Step<ConsolidationStep?>.Wait();
        }

        if (state.Find(id) is not { } entry)
        {
            return new Step<ConsolidationStep?>.Answer(null);
        }

        var step = PairRules.TakesPart(entry.Record) ? StepOf(entry) : null;
        if (step is null)
        {
            return Leave(entry.Record, batch);
        }

        return step.Memories.Append(step.By).Any(touched => batch.Touches(touched.Value))
            ? new Step<ConsolidationStep?>.Wait()
            : Write(step, batch);
    }

    /// <summary>Notes how far consolidation has come; false where it has come no further.</summary>
    public Step<bool> Advance(PendingBatch batch)
    {
        var reached = state.Due.Reached;
        if (reached <= state.Due.Watermark)
        {
            return new Step<bool>.Answer(false);
        }

        var write = RecordWrite.Put(WatermarkCodec.Key, WatermarkCodec.Encode(reached));
        var mutation = new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = [write] };
        return new Step<bool>.Write([mutation], () => state.Due.Advance(reached), true);
    }

    /// <summary>Undoes one consolidation: what it moved stands for itself again and is left alone; what it made is gone. Null where there is none.</summary>
    public Step<ConsolidationStep?> Undo(ConsolidationId id, PendingBatch batch)
    {
        // What is not applied yet cannot be found.
        if (!batch.IsEmpty)
        {
            return new Step<ConsolidationStep?>.Wait();
        }

        var moved = state.Entries.Select(entry => entry.Record).Where(memory => memory.Consolidation?.Id == id).OrderBy(memory => memory.Id).ToArray();
        if (moved.Length == 0)
        {
            return new Step<ConsolidationStep?>.Answer(null);
        }

        var loosening = Loosening.OfUndoing(state, moved);
        var erasures = MemoryEnds.Erase(state, loosening.Gone);
        var ended = EntryOf(moved) with { EndedAt = batch.At, End = ConsolidationEnd.Undone };
        var mutation = new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = [.. loosening.Puts(), .. erasures, .. state.Ended.Writes(ended)] };
        return new Step<ConsolidationStep?>.Write([mutation], () => ApplyUndo(loosening, ended), ended.Step);
    }

    /// <summary>The consolidation that moved these memories.</summary>
    public static ConsolidationEntry EntryOf(IReadOnlyCollection<MemoryRecord> moved)
    {
        var mark = moved.First().Consolidation!;
        return new ConsolidationEntry
        {
            Step = new ConsolidationStep
            {
                Id = mark.Id, Reason = mark.Reason, By = mark.By, Memories = [.. moved.Select(memory => memory.Id).Order()],
                Similarity = moved.Min(memory => memory.Consolidation!.Similarity),
            },
            At = mark.At,
        };
    }

    private void ApplyUndo(Loosening loosening, ConsolidationEntry ended)
    {
        state.Ended.Apply(ended);
        loosening.Apply();
        foreach (var gone in loosening.Gone)
        {
            state.Remove(gone);
        }
    }

    // A memory that was looked at because it was set free is not looked at a second time.
    private Step<ConsolidationStep?> Leave(MemoryRecord memory, PendingBatch batch)
    {
        if (memory.Course != ConsolidationCourse.Due)
        {
            return new Step<ConsolidationStep?>.Answer(null);
        }

        var left = memory with { Course = null };
        var mutation = new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = [Put(left)] };
        return new Step<ConsolidationStep?>.Write([mutation], () => state.Touch(left), null);
    }

    private ConsolidationStep? StepOf(ShardEntry entry)
    {
        var neighbours = NeighboursOf(entry);
        var alike = neighbours.Where(neighbour => PairRules.MayMeet(entry.Record, neighbour.Record)).ToList();
        return MergeOf(entry, alike) ?? (entry.Record.Kind == MemoryKind.Fact ? SupersedeOf(entry, neighbours) : null);
    }

    // What a later fact contradicts was true until then; the nearest later one ends it.
    private ConsolidationStep? SupersedeOf(ShardEntry entry, List<ShardEntry> neighbours)
    {
        var earlier = neighbours.Where(other => ContradictionRules.Ends(entry.Record, other.Record)).ToList();
        var later = neighbours.Where(other => ContradictionRules.Ends(other.Record, entry.Record)).MinBy(other => other.Record.Times.ValidFrom);
        return earlier.Count > 0 ? StepOf(ConsolidationReason.Superseded, entry, earlier)
            : later is not null ? StepOf(ConsolidationReason.Superseded, later, [entry])
            : null;
    }

    private ConsolidationStep? MergeOf(ShardEntry entry, List<ShardEntry> neighbours)
    {
        var canonical = DuplicateKeys.Canonical(entry.Record.Text);
        var same = neighbours.Where(neighbour => PairRules.SayTheSame(entry.Record, canonical, neighbour.Record)).ToList();
        if (same.Count > 0)
        {
            var standing = same.Prepend(entry).MinBy(each => each.Record, Comparer<MemoryRecord>.Create(PairRules.CompareStanding))!;
            return StepOf(ConsolidationReason.SameStatement, standing, same.Prepend(entry).Where(each => each != standing));
        }

        return PairRules.IsAdvice(entry.Record.Kind) ? CoverOf(entry, neighbours) : null;
    }

    private ConsolidationStep? CoverOf(ShardEntry entry, List<ShardEntry> neighbours)
    {
        var own = Sentences.Of(entry.Record.Text);
        var read = neighbours.Select(neighbour => (Entry: neighbour, Sentences: Sentences.Of(neighbour.Record.Text))).ToList();
        if (read.Where(other => PairRules.IsCovered(own, other.Sentences)).Select(other => other.Entry)
            .MinBy(each => each.Record, Comparer<MemoryRecord>.Create(PairRules.CompareStanding)) is { } standing)
        {
            return StepOf(ConsolidationReason.Covered, standing, [entry]);
        }

        var covered = read.Where(other => PairRules.IsCovered(other.Sentences, own)).Select(other => other.Entry).ToList();
        return covered.Count > 0 ? StepOf(ConsolidationReason.Covered, entry, covered) : null;
    }

    private ConsolidationStep? StepOf(ConsolidationReason reason, ShardEntry standing, IEnumerable<ShardEntry> merged)
    {
        var room = MemoryStanding.MergedMax - (standing.Record.Standing?.Merged.Length ?? 0);
        var taken = merged.OrderBy(each => each.Record.Id).Take(room).ToList();
        return taken.Count == 0 ? null : new ConsolidationStep
        {
            Id = default, Reason = reason, By = standing.Record.Id, Memories = [.. taken.Select(each => each.Record.Id)],
            Similarity = taken.Min(each => SimilarityOf(standing, each)),
        };
    }

    private Step<ConsolidationStep?> Write(ConsolidationStep step, PendingBatch batch)
    {
        step = step with { Id = IdOf(step, batch) };
        var standing = state.Find(step.By)!;
        var merged = step.Memories.Select(id => Moved(state.Find(id)!, standing, step, batch.At)).ToList();
        var known = standing.Record.Standing ?? new MemoryStanding();
        known = step.Reason == ConsolidationReason.Superseded
            ? known with { Superseded = [.. known.Superseded.Concat(step.Memories).Order()] }
            : known with { Merged = [.. known.Merged.Concat(step.Memories).Order()] };
        var byId = merged.ToDictionary(memory => memory.Id);
        var stands = Loosening.WithStanding(
            standing.Record with { Course = null },
            known,
            id => byId.GetValueOrDefault(id) ?? state.Find(id)?.Record);
        merged.Add(stands);
        var mutation = new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = [.. merged.Select(Put)] };
        return new Step<ConsolidationStep?>.Write([mutation], () => merged.ForEach(state.Touch), step);
    }

    private MemoryRecord Moved(ShardEntry entry, ShardEntry standing, ConsolidationStep step, DateTimeOffset at) => entry.Record with
    {
        State = step.Reason == ConsolidationReason.Superseded ? entry.Record.State : MemoryState.Merged,
        Times = step.Reason == ConsolidationReason.Superseded ? entry.Record.Times with { ValidTo = standing.Record.Times.ValidFrom } : entry.Record.Times,
        Course = null,
        Consolidation = new ConsolidationMark
        {
            Id = step.Id, Reason = step.Reason, By = step.By, At = at, Similarity = SimilarityOf(standing, entry), WasState = entry.Record.State,
            WasValidTo = entry.Record.Times.ValidTo,
        },
    };

    private RecordWrite Put(MemoryRecord memory) => state.Rewritten(memory);

    // From what it does and when, so that a run that is repeated names it alike.
    private static ConsolidationId IdOf(ConsolidationStep step, PendingBatch batch) => new(Hash128.Of(
        "consolidation", step.By.ToString(), batch.NextSeq.ToString(CultureInfo.InvariantCulture)));

    private double SimilarityOf(ShardEntry left, ShardEntry right) =>
        state.Spaces.Own.Contains(left.Ordinal) && state.Spaces.Own.Contains(right.Ordinal)
            ? state.Spaces.Own.Score(state.Spaces.Likeness(left.Ordinal), right.Ordinal)
            : 0;

    private List<ShardEntry> NeighboursOf(ShardEntry entry) =>
    [
        .. _neighbours.ByVector(entry, NeighboursMax, double.MinValue, MayConcern).Select(neighbour => neighbour.Entry)
            .Union(_neighbours.ByWords(entry, MayConcern)).OrderBy(neighbour => neighbour.Ordinal),
    ];

    private static bool MayConcern(MemoryRecord one, MemoryRecord other) =>
        PairRules.MayMeet(one, other) || ContradictionRules.MayContradict(one, other);
}
