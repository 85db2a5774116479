using System.Diagnostics;
using System.Runtime.InteropServices;
using MemoryCluster.Admission;
using MemoryCluster.Consolidation;
using MemoryCluster.Diffusion;
using MemoryCluster.Forgetting;
using MemoryCluster.Recall;
using MemoryCluster.Index.Lexical;
using MemoryCluster.Index.Vectors;
using MemoryCluster.Records;
using MemoryCluster.Shards.Snapshots;
using MemoryCluster.Summaries;
using MemoryCluster.Timelines;
using MemoryCluster.Utility;

namespace MemoryCluster.Shards;

/// <summary>What a shard knows: every durable memory and the indexes derived from them. It may lag the log, never lead it.</summary>
internal sealed class ShardState(EmbedderModel model)
{
    private readonly Dictionary<MemoryId, ShardEntry> _byId = [];
    private readonly List<ShardEntry?> _byOrdinal = [];
    private readonly Stack<int> _freeOrdinals = new();
    private readonly SortedSet<MemoryId> _ids = [];
    private readonly Dictionary<Guid, MemoryId> _exact = [];
    private readonly Dictionary<Guid, MemoryId> _near = [];
    private readonly Dictionary<MemoryState, int> _counts = [];
    private TimeTrees? _timelines;

    public LabelTable Labels { get; } = new();

    public SearchTraits Traits { get; } = new();

    public WeightTable Weights { get; } = new();

    public RewardAverage Rewards { get; } = new();

    public CopyTable Copies { get; } = new();

    public SourceOrder Sources { get; } = new();

    public VectorSpaces Spaces { get; } = new(model);

    public EvidenceMarks Marks { get; } = new();

    /// <summary>Runs that were forgotten.</summary>
    public HashSet<RunId> ClosedRuns { get; } = [];

    public DueMemories Due { get; } = new();

    public EndedConsolidations Ended { get; } = new();

    public WrittenSummaries Written { get; } = new();

    public TimeTrees Timelines => _timelines ??= new TimeTrees(this);

    public Bm25Index Lexical { get; private set; } = new();

    /// <summary>Memories that were used or rewritten since while their vector is not held in full: whoever looks after precision takes them from here.</summary>
    public HashSet<MemoryId> Stirred { get; } = [];

    /// <summary>Changes of the indexes so far.</summary>
    public long Changes { get; private set; }

    /// <summary>Those of them that took a memory away.</summary>
    public long Erasures { get; private set; }

    public int Count => _byId.Count;

    /// <summary>How many memories stand there; kept as they change, because counts are asked for often.</summary>
    public int CountOf(MemoryState state) => _counts.GetValueOrDefault(state);

    /// <summary>Those that are found without being asked for as archived, and count in a budget.</summary>
    public int FoundCount => CountOf(MemoryState.Active) + CountOf(MemoryState.Candidate);

    /// <summary>About what those take.</summary>
    public long FoundBytes { get; private set; }

    /// <summary>How many memories have no vector of the model in use.</summary>
    public int Unembedded => Count - Spaces.Own.Count;

    /// <summary>Every ordinal is below.</summary>
    public int OrdinalsEnd => _byOrdinal.Count;

    public ShardEntry? At(int ordinal) => _byOrdinal[ordinal];

    public ShardEntry? Find(MemoryId id) => _byId.GetValueOrDefault(id);

    public IEnumerable<ShardEntry> Entries => _byId.Values;

    public MemoryRecord? FindExact(Guid? key) => key is { } hash && _exact.TryGetValue(hash, out var id) ? _byId[id].Record : null;

    /// <summary>The memory with the same canonical text, and the cosine to it.</summary>
    public (MemoryRecord Memory, double Similarity)? FindNear(Guid? key, Embedding? embedding) =>
        key is { } hash && _near.TryGetValue(hash, out var id) && _byId[id] is var entry
            && embedding is not null && IsOwn(embedding) && Spaces.Own.Contains(entry.Ordinal)
            ? (entry.Record, Spaces.Own.Score(embedding.Values, entry.Ordinal))
            : null;

    /// <summary>What stands for a memory, and for that, as far as it is there; empty where it stands for itself.</summary>
    public IEnumerable<ShardEntry> StandInsOf(MemoryRecord memory)
    {
        for (var by = memory.MergedInto(); by is { } id && Find(id) is { } entry; by = entry.Record.MergedInto())
        {
            yield return entry;
        }
    }

    /// <summary>Newest first, from before <paramref name="before"/> on.</summary>
    public IEnumerable<ShardEntry> NewestFirst(MemoryId? before)
    {
        var ids = before is { } last
            ? _ids.GetViewBetween(new MemoryId(Guid.Empty), last).Reverse().Where(id => id < last)
            : _ids.Reverse();
        return ids.Select(id => _byId[id]);
    }

    /// <summary>The vector of a memory as it is stored, whatever model made it; null where it has none, or none in full here.</summary>
    public Embedding? EmbeddingOf(ShardEntry entry) => Spaces.Find(entry.Ordinal);

    /// <summary>The write of a record whose vector stays what it is: with the vector, or to be completed by the stored one (<see cref="KeptVectors"/>).</summary>
    public RecordWrite Rewritten(MemoryRecord record)
    {
        var entry = _byId[record.Id];
        return RecordWrite.Put(
            RecordCodec.KeyOf(record.Id),
            Spaces.BitsOf(entry.Ordinal) is 0 or TieredVectorIndex.FullBits ? RecordCodec.Encode(record, EmbeddingOf(entry)) : RecordCodec.EncodeHead(record));
    }

    /// <summary>Whether the model in use made it.</summary>
    public bool IsOwn(Embedding embedding) => embedding.Model == Spaces.Model.Id && embedding.Dimensions == Spaces.Model.Dimensions;

    /// <summary>
    /// What use has shown of a memory and of all that were merged into it, each with its own counters: derived from them, so that a merge counts
    /// nothing twice and its undoing gives each its own back. An insight is new, and what its sources earned says nothing of it.
    /// </summary>
    public MemoryUtility UtilityOf(MemoryRecord memory) => memory.Standing is { Merged.IsEmpty: false } standing && !PairRules.IsMade(memory)
        ? standing.Merged.Select(id => Find(id)?.Record).OfType<MemoryRecord>().Where(merged => merged.MergedInto() == memory.Id)
            .Select(UtilityOf).Where(utility => utility.Uses > 0)
            .Aggregate(memory.Utility, (sum, next) => UtilityRules.Merge(sum, next, Weights.Policy))
        : memory.Utility;

    /// <summary>Weighs what stands for others by them too, once all are there.</summary>
    public void WeighStanding()
    {
        foreach (var entry in _byId.Values.Where(entry => entry.Record.Standing is not null))
        {
            Weights.Set(entry.Ordinal, UtilityOf(entry.Record));
        }
    }

    public void Put(MemoryRecord record, Embedding? embedding) => Put(record, embedding, DuplicateKeys.Of(record));

    /// <summary>Puts a record whose keys are known already: hashing a text costs about as much as indexing a short one.</summary>
    /// <param name="bits">Bits a component that its vector is held in.</param>
    public void Put(MemoryRecord record, Embedding? embedding, DuplicateKeys keys, int bits = TieredVectorIndex.FullBits)
    {
        Debug.Assert(keys == DuplicateKeys.Of(record), "The keys of another record.");
        var before = Find(record.Id);
        var told = before is null ? [] : Timelines.Leave(before);
        Forget(record.Id);
        var entry = Enter(record, TakeOrdinal(), keys);
        entry.HasCounters = before is { HasCounters: true };
        if (before is not null)
        {
            Timelines.Remove(told, before);
            Written.Forget(before.Record.Id);
            Written.Note(record);
        }

        Lexical.Add(entry.Ordinal, record.Text);
        if (embedding is not null)
        {
            Spaces.Add(entry.Ordinal, embedding, bits);
        }

        Changes++;
    }

    /// <summary>Takes over indexes that were saved, before anything was put.</summary>
    public void Adopt(IndexSnapshot snapshot)
    {
        Lexical = snapshot.Lexical;
        Spaces.Adopt(snapshot.Spaces);
        CollectionsMarshal.SetCount(_byOrdinal, snapshot.OrdinalsEnd);
    }

    /// <summary>Puts a record that the adopted indexes hold under an ordinal.</summary>
    public void Restore(MemoryRecord record, int ordinal, DuplicateKeys keys) => Enter(record, ordinal, keys);

    /// <summary>Clears the ordinals of adopted indexes that no record was restored to; returns how many held something.</summary>
    public int FreeUnused()
    {
        var held = 0;
        for (var ordinal = 0; ordinal < _byOrdinal.Count; ordinal++)
        {
            if (_byOrdinal[ordinal] is null)
            {
                held += Lexical.Remove(ordinal) ? 1 : 0;
                Spaces.Remove(ordinal);
                _freeOrdinals.Push(ordinal);
            }
        }

        return held;
    }

    // Everything but its text and vector.
    private ShardEntry Enter(MemoryRecord record, int ordinal, DuplicateKeys keys)
    {
        var entry = new ShardEntry(
            record, ordinal, Labels.NumberOf(record), keys, ForgettingRules.BytesOf(record, Spaces.Model.Dimensions));
        _byOrdinal[entry.Ordinal] = entry;
        Traits.Set(entry.Ordinal, entry);
        Weights.Set(entry.Ordinal, record.Utility);
        Rewards.Add(record.Utility);
        Copies.Add(record);
        Sources.Add(entry);
        Marks.Set(entry.Ordinal, record);
        _byId.Add(record.Id, entry);
        _ids.Add(record.Id);
        Tally(entry, 1);
        AddKeys(entry);
        Due.Note(record);
        Written.Note(record);
        Timelines.Add(entry);
        return entry;
    }

    /// <summary>Gives a memory another vector, in the precision of the one before.</summary>
    public void Embed(ShardEntry entry, Embedding embedding) =>
        Embed(entry, embedding, Spaces.BitsOf(entry.Ordinal) is > 0 and var bits ? bits : TieredVectorIndex.FullBits);

    /// <summary>Gives a memory another vector, or the same in another precision.</summary>
    public void Embed(ShardEntry entry, Embedding embedding, int bits)
    {
        Spaces.Remove(entry.Ordinal);
        Spaces.Add(entry.Ordinal, embedding, bits);
        Changes++;
    }

    /// <summary>Puts a record whose text, label and keys are unchanged.</summary>
    public void Touch(MemoryRecord record)
    {
        var entry = _byId[record.Id];
        var before = entry.Record;
        Tally(entry, -1);
        Rewards.Remove(before.Utility);
        Rewards.Add(record.Utility);
        entry.Record = record;
        Tally(entry, 1);
        Traits.Set(entry.Ordinal, entry);
        Written.Note(record);
        Weigh(entry);
        if (before.State != record.State || before.Consolidation?.By != record.Consolidation?.By)
        {
            Timelines.Reconsider(entry);
        }
    }

    /// <summary>Takes over counters that have a record of their own.</summary>
    public void Credit(MemoryId id, MemoryUtility utility)
    {
        var entry = _byId[id];
        Rewards.Remove(entry.Record.Utility);
        Rewards.Add(utility);
        entry.Record = entry.Record with { Utility = utility };
        entry.HasCounters = true;
        Weigh(entry);
    }

    private void Weigh(ShardEntry entry)
    {
        if (Spaces.PackedCount > 0 && Spaces.BitsOf(entry.Ordinal) < TieredVectorIndex.FullBits)
        {
            Stirred.Add(entry.Record.Id);
        }

        Weights.Set(entry.Ordinal, UtilityOf(entry.Record));
        foreach (var standing in StandInsOf(entry.Record))
        {
            Weights.Set(standing.Ordinal, UtilityOf(standing.Record));
        }
    }

    public void Remove(MemoryId id)
    {
        if (Find(id) is { } entry)
        {
            Timelines.Remove(Timelines.Leave(entry), entry);
            Written.Forget(id);
            Forget(id);
            Changes++;
            Erasures++;
        }
    }

    private void Forget(MemoryId id)
    {
        if (!_byId.Remove(id, out var entry))
        {
            return;
        }

        _ids.Remove(id);
        Stirred.Remove(id);
        Tally(entry, -1);
        Rewards.Remove(entry.Record.Utility);
        Copies.Remove(entry.Record);
        RemoveKey(_exact, entry.Keys.Exact, id);
        RemoveKey(_near, entry.Keys.Near, id);
        Lexical.Remove(entry.Ordinal);
        Spaces.Remove(entry.Ordinal);
        _byOrdinal[entry.Ordinal] = null;
        Traits.Clear(entry.Ordinal);
        Sources.Remove(entry);
        Marks.Clear(entry.Ordinal);
        _freeOrdinals.Push(entry.Ordinal);
    }

    private void Tally(ShardEntry entry, int by)
    {
        var state = entry.Record.State;
        _counts[state] = CountOf(state) + by;
        FoundBytes += state is MemoryState.Active or MemoryState.Candidate ? by * entry.Bytes : 0;
    }

    private int TakeOrdinal()
    {
        if (_freeOrdinals.TryPop(out var free))
        {
            return free;
        }

        _byOrdinal.Add(null);
        return _byOrdinal.Count - 1;
    }

    // The first to say it is the one merged into; an edited memory may come to say what another says already, and both stay.
    private void AddKeys(ShardEntry entry)
    {
        // What is said here must not go with another team's memory, so it does not become evidence of its copy.
        if (entry.Record.Diffusion is not null)
        {
            return;
        }

        if (entry.Keys.Exact is { } exact)
        {
            _exact.TryAdd(exact, entry.Record.Id);
        }

        if (entry.Keys.Near is { } near)
        {
            _near.TryAdd(near, entry.Record.Id);
        }
    }

    private static void RemoveKey(Dictionary<Guid, MemoryId> keys, Guid? key, MemoryId id)
    {
        if (key is { } hash && keys.TryGetValue(hash, out var holder) && holder == id)
        {
            keys.Remove(hash);
        }
    }
}
