using MemoryCluster.Records;

namespace MemoryCluster.Shards;

/// <summary>The writes by which a memory ends: its own record's, that of its counters where they have one, and those of what tells of it.</summary>
internal static class MemoryEnds
{
    /// <summary>For good: a tombstone for each record.</summary>
    public static IEnumerable<RecordWrite> Erase(ShardState state, IReadOnlyCollection<MemoryId> ids) =>
        ids.SelectMany(id => Of(state, id, RecordWrite.Erase)).Concat(Unsay(state, ids));

    /// <summary>Until something is put there again.</summary>
    public static IEnumerable<RecordWrite> Delete(ShardState state, IReadOnlyCollection<MemoryId> ids) =>
        ids.SelectMany(id => Of(state, id, RecordWrite.Delete)).Concat(Unsay(state, ids));

    /// <summary>Away with what a model wrote of memories that say something else from now on, or nothing.</summary>
    public static IEnumerable<RecordWrite> Unsay(ShardState state, IReadOnlyCollection<MemoryId> ids) =>
        ids.SelectMany(state.Written.TellingOf).Select(summary => summary.Content).Distinct()
            .Select(content => RecordWrite.Delete(WrittenSummaryCodec.KeyOf(content)));

    private static IEnumerable<RecordWrite> Of(ShardState state, MemoryId id, Func<RecordKey, RecordWrite> end)
    {
        yield return end(RecordCodec.KeyOf(id));
        if (state.Find(id) is { HasCounters: true })
        {
            yield return end(UtilityCodec.KeyOf(id));
        }
    }
}
