using System.Text;
using MemoryCluster.Shards;

namespace MemoryCluster.Records;

/// <summary>A run that was forgotten, as one record among a shard's memories: nothing that it taught is remembered from then on.</summary>
/// <remarks>
/// <code>
/// | format = 3 (u8) | run (UTF-8) |
/// </code>
/// </remarks>
internal static class ClosedRunCodec
{
    private const byte Format = 3;

    public static RecordKey KeyOf(RunId run) => new(Hash128.Of("closed run", run.Value));

    public static byte[] Encode(RunId run) => [Format, .. Encoding.UTF8.GetBytes(run.Value)];

    public static bool Is(ReadOnlyMemory<byte> payload) => payload.Length > 0 && payload.Span[0] == Format;

    public static RunId Decode(ReadOnlyMemory<byte> payload) => new(Encoding.UTF8.GetString(payload.Span[1..]));
}
