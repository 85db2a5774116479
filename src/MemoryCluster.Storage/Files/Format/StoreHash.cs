using System.Security.Cryptography;
using System.Text;
using MemoryCluster.Shards;

namespace MemoryCluster.Storage.Files.Format;

/// <summary>The first 128 bits of SHA-256 over a store's id: names its folder and stands in its files.</summary>
internal readonly record struct StoreHash(Guid Value)
{
    public const int Bytes = 16;

    public static StoreHash Of(StoreId id) => Read(SHA256.HashData(Encoding.UTF8.GetBytes(id.ToString())));

    public static StoreHash Read(ReadOnlySpan<byte> source) => new(new Guid(source[..Bytes], bigEndian: true));

    public void Write(Span<byte> target) => Value.TryWriteBytes(target, bigEndian: true, out _);

    public override string ToString() => Value.ToString("N");
}
