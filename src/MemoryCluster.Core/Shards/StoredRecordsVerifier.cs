using System.Globalization;
using System.Text.Json;
using MemoryCluster.Access;
using MemoryCluster.Controller;
using MemoryCluster.Records;

namespace MemoryCluster.Shards;

/// <summary>Checks what a store holds as its engine would read it: every record decodes, and the indexes built of them agree with them.</summary>
public static class StoredRecordsVerifier
{
    // A unit vector times itself is 1 but for the rounding of a few hundred floats.
    private const float SelfSimilarityMin = 0.999f;

    /// <summary>What is wrong with a shard's records; empty where nothing is.</summary>
    /// <param name="records">Every live record.</param>
    /// <param name="seq">The store's last sequence number.</param>
    /// <param name="model">The model whose vectors are indexed.</param>
    /// <param name="embed">What a model, named first, says of a text, null where it is not known; without it vectors are not held against their texts.</param>
    public static IReadOnlyList<string> VerifyShard(
        IEnumerable<StoredRecord> records, long seq, EmbedderModel model, Func<string, string, Embedding?>? embed = null)
    {
        var problems = new List<string>();
        var state = new ShardState(model);
        var counters = new List<StoredRecord>();
        var summaries = new List<StoredRecord>();
        foreach (var stored in records)
        {
            if (stored.Key == WatermarkCodec.Key)
            {
                VerifyWatermark(stored, seq, problems);
            }
            else if (ClosedRunCodec.Is(stored.Payload))
            {
                if (ClosedRunCodec.KeyOf(ClosedRunCodec.Decode(stored.Payload)) != stored.Key)
                {
                    problems.Add($"A forgotten run stands under key {stored.Key}, which is not its own.");
                }
            }
            else if (UtilityCodec.Is(stored.Payload))
            {
                counters.Add(stored);
            }
            else if (EndedConsolidationCodec.Is(stored.Payload))
            {
                problems.AddRange(VerifyKeys([stored], "Shard", payload => EndedConsolidationCodec.KeyOf(EndedConsolidationCodec.Decode(payload).Step.Id)));
            }
            else if (WrittenSummaryCodec.Is(stored.Payload))
            {
                summaries.Add(stored);
            }
            else
            {
                Load(stored, seq, state, embed, problems);
            }
        }

        counters.ForEach(stored => VerifyCounters(stored, seq, state, problems));
        summaries.ForEach(stored => VerifySummary(stored, state, problems));

        foreach (var entry in state.Entries)
        {
            VerifyIndexed(entry, state, problems);
            VerifyBonds(entry.Record, state, problems);
        }

        if (state.Lexical.Count != state.Count || state.Spaces.Count > state.Count)
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{state.Count} memories, {state.Lexical.Count} texts and {state.Spaces.Count} vectors are indexed."));
        }

        return problems;
    }

    /// <summary>What is wrong with a directory's records; empty where nothing is.</summary>
    public static IReadOnlyList<string> VerifyDirectory(IEnumerable<StoredRecord> records) =>
        VerifyKeys(records, "Directory", payload => DirectoryState.KeyOf(DirectoryState.Decode(payload)));

    /// <summary>What is wrong with a controller's records; empty where nothing is.</summary>
    public static IReadOnlyList<string> VerifyController(IEnumerable<StoredRecord> records) =>
        VerifyKeys(records, "Controller", payload => StoredControllerRecord.KeyOf(StoredControllerRecord.Decode(payload)));

    private static List<string> VerifyKeys(IEnumerable<StoredRecord> records, string kind, Func<ReadOnlyMemory<byte>, RecordKey> keyOf)
    {
        var problems = new List<string>();
        foreach (var stored in records)
        {
            try
            {
                if (keyOf(stored.Payload) != stored.Key)
                {
                    problems.Add($"{kind} record {stored.Key} stands under a key that is not its own.");
                }
            }
            catch (Exception fault) when (fault is MemoryClusterException or JsonException or ArgumentException)
            {
                problems.Add($"{kind} record {stored.Key} cannot be read: {fault.Message}");
            }
        }

        return problems;
    }

    private static void VerifyWatermark(StoredRecord stored, long seq, List<string> problems)
    {
        try
        {
            if (WatermarkCodec.Decode(stored.Payload) is var reached && (reached < 0 || reached > seq))
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"Consolidation has come to {reached}, and the store to {seq}."));
            }
        }
        catch (MemoryClusterException fault)
        {
            problems.Add($"The watermark of consolidation cannot be read: {fault.Message}");
        }
    }

    private static void VerifyCounters(StoredRecord stored, long seq, ShardState state, List<string> problems)
    {
        try
        {
            var (id, utility) = UtilityCodec.Decode(stored.Payload);
            if (UtilityCodec.KeyOf(id) != stored.Key)
            {
                problems.Add($"The counters of memory {id} stand under key {stored.Key}.");
            }

            if (state.Find(id) is null)
            {
                problems.Add($"Memory {id} has counters and is not there.");
            }

            if (utility.Uses < utility.Successes || utility.Successes < 0 || stored.Seq > seq)
            {
                problems.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Memory {id} counts {utility.Successes} successes in {utility.Uses} uses, stored at {stored.Seq} of {seq}."));
            }
        }
        catch (MemoryClusterException fault)
        {
            problems.Add($"Record {stored.Key} cannot be read: {fault.Message}");
        }
    }

    // What a model wrote of a memory must go with it, and when it says something else.
    private static void VerifySummary(StoredRecord stored, ShardState state, List<string> problems)
    {
        var unread = VerifyKeys([stored], "Shard", payload => WrittenSummaryCodec.KeyOf(WrittenSummaryCodec.Decode(payload).Content));
        problems.AddRange(unread);
        if (unread.Count > 0)
        {
            return;
        }

        var summary = WrittenSummaryCodec.Decode(stored.Payload);
        problems.AddRange(summary.Sources.Where(source => state.Find(source.Id)?.Record.Version != source.Version)
            .Select(source => $"A written summary {stored.Key} tells of version {source.Version} of memory {source.Id}, which is not there."));
        if (summary.Sources.IsEmpty || (summary.Text is null) == (summary.Refusal is null))
        {
            problems.Add($"A written summary {stored.Key} is of nothing, or neither taken nor refused.");
        }
    }

    private static void Load(StoredRecord stored, long seq, ShardState state, Func<string, string, Embedding?>? embed, List<string> problems)
    {
        try
        {
            var (record, embedding) = RecordCodec.Decode(stored.Payload);
            if (RecordCodec.KeyOf(record.Id) != stored.Key)
            {
                problems.Add($"Memory {record.Id} stands under key {stored.Key}.");
            }

            if (record.Version < 1 || record.Seq > stored.Seq || stored.Seq > seq)
            {
                problems.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Memory {record.Id} has version {record.Version} of sequence {record.Seq}, stored at {stored.Seq} of {seq}."));
            }

            if (embedding is not null && embed?.Invoke(embedding.Model, record.Text) is { } said && !said.Values.SequenceEqual(embedding.Values))
            {
                problems.Add($"The vector of memory {record.Id} is not what {embedding.Model} says of its text.");
            }

            state.Put(record, embedding);
        }
        catch (Exception fault) when (fault is MemoryClusterException or JsonException or ArgumentException or FormatException)
        {
            problems.Add($"Record {stored.Key} cannot be read: {fault.Message}");
        }
    }

    // Each of the two that consolidation has bound names the other. What stands for nobody hides nobody, so a missing one is no fault.
    private static void VerifyBonds(MemoryRecord memory, ShardState state, List<string> problems)
    {
        if (memory.Consolidation is { } mark && state.Find(mark.By) is { } by
            && by.Record.Standing is var standing && standing?.Merged.Contains(memory.Id) != true && standing?.Superseded.Contains(memory.Id) != true)
        {
            problems.Add($"Memory {memory.Id} says that {mark.By} stands for it, which knows nothing of that.");
        }
    }

    private static void VerifyIndexed(ShardEntry entry, ShardState state, List<string> problems)
    {
        if (!state.Lexical.Contains(entry.Ordinal))
        {
            problems.Add($"Memory {entry.Record.Id} is missing in the lexical index.");
        }

        if (state.Spaces.Own.Contains(entry.Ordinal)
            && state.Spaces.Own.Score(state.EmbeddingOf(entry)!.Values, entry.Ordinal) < SelfSimilarityMin)
        {
            problems.Add($"The indexed vector of memory {entry.Record.Id} is not its own.");
        }
    }
}
