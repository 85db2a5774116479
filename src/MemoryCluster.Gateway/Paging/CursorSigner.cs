using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MemoryCluster.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Gateway.Paging;

/// <summary>Makes cursors that only fit the tenant and the query they were made for, and only for a while.</summary>
/// <remarks>
/// <code>
/// 0          8                24                            40
/// | issued   | last id        | HMAC-SHA256, first 16 bytes |     over tenant, query, issued and last id; as base64url
/// </code>
/// </remarks>
internal sealed class CursorSigner
{
    private const int SignedBytes = 8 + 16;
    private const int SignatureBytes = 16;

    private readonly byte[] _secret;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _lifetime;

    public CursorSigner(IOptions<GatewayOptions> options, TimeProvider clock, RandomNumberGenerator random)
    {
        _secret = options.Value.CursorSecret.ToArray();
        if (_secret.Length == 0)
        {
            _secret = new byte[32];
            random.GetBytes(_secret);
        }

        _clock = clock;
        _lifetime = options.Value.CursorLifetime;
    }

    public string Sign(TenantId tenant, string query, MemoryId last)
    {
        Span<byte> cursor = stackalloc byte[SignedBytes + SignatureBytes];
        BinaryPrimitives.WriteInt64BigEndian(cursor, _clock.GetUtcNow().ToUnixTimeSeconds());
        last.Value.TryWriteBytes(cursor[8..], bigEndian: true, out _);
        SignatureOf(tenant, query, cursor[..SignedBytes]).CopyTo(cursor[SignedBytes..]);
        return Base64Url.EncodeToString(cursor);
    }

    /// <summary>The last id of the page before.</summary>
    public MemoryId Verify(TenantId tenant, string query, string cursor)
    {
        Span<byte> bytes = stackalloc byte[SignedBytes + SignatureBytes];
        if (!TryDecode(cursor, bytes)
            || !CryptographicOperations.FixedTimeEquals(SignatureOf(tenant, query, bytes[..SignedBytes]), bytes[SignedBytes..])
            || IsExpired(BinaryPrimitives.ReadInt64BigEndian(bytes)))
        {
            throw new RefusalException(
                Refusals.CursorInvalid, "Give the cursor unchanged, with the filters of the page it came with, or start again without one.", "cursor");
        }

        return new MemoryId(new Guid(bytes.Slice(8, 16), bigEndian: true));
    }

    private static bool TryDecode(string cursor, Span<byte> bytes) =>
        cursor.Length == Base64Url.GetEncodedLength(bytes.Length) && Base64Url.IsValid(cursor)
        && Base64Url.TryDecodeFromChars(cursor, bytes, out var written) && written == bytes.Length;

    private bool IsExpired(long issuedSeconds) => _clock.GetUtcNow().ToUnixTimeSeconds() - issuedSeconds > _lifetime.TotalSeconds;

    private ReadOnlySpan<byte> SignatureOf(TenantId tenant, string query, ReadOnlySpan<byte> signed)
    {
        // neither a tenant nor the first line of a query contains a line feed
        byte[] message = [.. Encoding.UTF8.GetBytes($"{tenant.Value}\n{query}\n"), .. signed];
        return HMACSHA256.HashData(_secret, message).AsSpan(0, SignatureBytes);
    }
}
