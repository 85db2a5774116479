using System.Security.Cryptography;
using System.Text;

namespace MemoryCluster.Records;

/// <summary>128 bits of SHA-256 over parts that cannot run into each other.</summary>
public static class Hash128
{
    public static Guid Of(params ReadOnlySpan<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            // The length goes first, so that ("a", "bc") and ("ab", "c") differ; -1 tells null from empty.
            BitConverter.TryWriteBytes(length, part is null ? -1 : Encoding.UTF8.GetByteCount(part));
            hash.AppendData(length);
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return new Guid(digest[..16]);
    }
}
