using MemoryCluster.Records;

namespace MemoryCluster.Shards;

/// <summary>The writes by which a memory ends: its own record's, and that of its counters where they have one.</summary>
internal static class MemoryEnds
{
    /// <summary>For good: a tombstone for each record.</summary>
    public static IEnumerable<RecordWrite> Erase(ShardState state, IEnumerable<MemoryId> ids) => ids.SelectMany(id => Of(state, id, RecordWrite.Erase));

    /// <summary>Until something is put there again.</summary>
    public static IEnumerable<RecordWrite> Delete(ShardState state, IEnumerable<MemoryId> ids) => ids.SelectMany(id => Of(state, id, RecordWrite.Delete));

    private static IEnumerable<RecordWrite> Of(ShardState state, MemoryId id, Func<RecordKey, RecordWrite> end)
    {
        yield return end(RecordCodec.KeyOf(id));
        if (state.Find(id) is { HasCounters: true })
        {
            yield return end(UtilityCodec.KeyOf(id));
        }
    }
}
