using MemoryCluster.Records;
using MemoryCluster.Summaries;

namespace MemoryCluster.Core.Tests.Records;

public sealed class RecordFormatTests
{
    // What lies side by side in a shard's store is told apart by its first byte.
    [Fact]
    public void EveryKindOfRecord_HasAFirstByteOfItsOwn()
    {
        var id = MemoryId.New(DateTimeOffset.UnixEpoch, 1, 7);
        var ended = new ConsolidationEntry
        {
            Step = new ConsolidationStep { Id = new ConsolidationId(Guid.Empty), Reason = ConsolidationReason.Dispelled, By = id, Memories = [id], Similarity = 1 },
            At = DateTimeOffset.UnixEpoch,
        };
        byte[][] records =
        [
            WatermarkCodec.Encode(1), ClosedRunCodec.Encode(new RunId("r-1")), UtilityCodec.Encode(id, new MemoryUtility()), EndedConsolidationCodec.Encode(ended),
            WrittenSummaryCodec.Encode(new WrittenSummary
            {
                What = Guid.Empty, Content = Guid.Empty, Sources = [new SummarySource(id, 1)], Written = new WrittenMark { Model = "m", At = DateTimeOffset.UnixEpoch },
            }),
        ];

        // 1 is a memory's
        Assert.Equal([2, 3, 4, 5, 6], records.Select(record => (int)record[0]));
    }
}
