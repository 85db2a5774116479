using MemoryCluster.Records;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <summary>Notes runs that are being forgotten: a decision on one of them that is still on its way comes too late.</summary>
internal sealed class ClosingWork(ShardState state)
{
    /// <summary>How many of them were not closed before.</summary>
    public Step<int> Close(ImmutableArray<RunId> runs, PendingBatch batch)
    {
        if (runs.Any(run => batch.Touches(ClosedRunCodec.KeyOf(run).Value)))
        {
            return new Step<int>.Wait();
        }

        var open = runs.Where(run => !state.ClosedRuns.Contains(run)).Distinct().ToArray();
        if (open.Length == 0)
        {
            return new Step<int>.Answer(0);
        }

        var writes = open.Select(run => RecordWrite.Put(ClosedRunCodec.KeyOf(run), ClosedRunCodec.Encode(run)));
        var mutation = new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = [.. writes] };
        return new Step<int>.Write([mutation], () => state.ClosedRuns.UnionWith(open), open.Length);
    }
}
