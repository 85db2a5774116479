using System.Text.Json;
using MemoryCluster.Shards;

namespace MemoryCluster.Records;

/// <summary>A consolidation that was undone or dispelled, as one record among a shard's memories. It names memories and holds no word of them.</summary>
/// <remarks>
/// <code>
/// | format = 5 (u8) | json (UTF-8) |
/// </code>
/// </remarks>
internal static class EndedConsolidationCodec
{
    private const byte Format = 5;

    public static RecordKey KeyOf(ConsolidationId id) => new(Hash128.Of("ended consolidation", id.ToString()));

    public static byte[] Encode(ConsolidationEntry entry) => [Format, .. JsonSerializer.SerializeToUtf8Bytes(entry, StoredJson.Instance.ConsolidationEntry)];

    public static bool Is(ReadOnlyMemory<byte> payload) => payload.Length > 0 && payload.Span[0] == Format;

    public static ConsolidationEntry Decode(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span[1..], StoredJson.Instance.ConsolidationEntry)
        ?? throw new MemoryClusterException(MemoryFault.StoreCorrupt, "An ended consolidation's JSON is null.");
}
