using System.Text.Json;
using MemoryCluster.Shards;
using MemoryCluster.Summaries;

namespace MemoryCluster.Records;

/// <summary>What a model wrote of a stretch of a timeline, or that it was refused, as one record among the memories that it is of.</summary>
/// <remarks>
/// <code>
/// | format = 6 (u8) | json (UTF-8) |
/// </code>
/// </remarks>
internal static class WrittenSummaryCodec
{
    private const byte Format = 6;

    public static RecordKey KeyOf(Guid content) => new(Hash128.Of("written summary", content.ToString("N")));

    public static byte[] Encode(WrittenSummary summary) => [Format, .. JsonSerializer.SerializeToUtf8Bytes(summary, StoredJson.Instance.WrittenSummary)];

    public static bool Is(ReadOnlyMemory<byte> payload) => payload.Length > 0 && payload.Span[0] == Format;

    public static WrittenSummary Decode(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span[1..], StoredJson.Instance.WrittenSummary)
        ?? throw new MemoryClusterException(MemoryFault.StoreCorrupt, "A written summary's JSON is null.");
}
