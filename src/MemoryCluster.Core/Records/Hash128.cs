using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MemoryCluster.Records;

/// <summary>128 bits of SHA-256 over parts that cannot run into each other.</summary>
public static class Hash128
{
    public static Guid Of(params ReadOnlySpan<string?> parts)
    {
        var bytesMax = 0;
        foreach (var part in parts)
        {
            bytesMax += sizeof(int) + Encoding.UTF8.GetMaxByteCount(part?.Length ?? 0);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(bytesMax);
        try
        {
            var written = 0;
            foreach (var part in parts)
            {
                // The length goes first, so that ("a", "bc") and ("ab", "c") differ; -1 tells null from empty.
                var length = Encoding.UTF8.GetBytes(part ?? "", buffer.AsSpan(written + sizeof(int)));
                BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(written), part is null ? -1 : length);
                written += sizeof(int) + length;
            }

            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(buffer.AsSpan(0, written), digest);
            return new Guid(digest[..16]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
