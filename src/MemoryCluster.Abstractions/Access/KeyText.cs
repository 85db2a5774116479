using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MemoryCluster;

/// <summary>An API key as its holder has it: <c>mck_TENANT_KEYID_SECRET</c>, of which the cluster keeps the id and a hash of the secret.</summary>
/// <remarks>The key id is 32 hexadecimal digits; the secret is 256 random bits as 43 characters of base64url.</remarks>
public readonly record struct KeyText
{
    private const string Prefix = "mck_";
    private const int IdLength = 32;
    private const int SecretLength = 43;
    private const int TenantLengthMax = 63;

    private KeyText(TenantId tenant, KeyId id, string secret)
    {
        Tenant = tenant;
        Id = id;
        Secret = secret;
    }

    /// <summary>The tenant that the key claims; proved only by the secret.</summary>
    public TenantId Tenant { get; }

    /// <summary>The public half.</summary>
    public KeyId Id { get; }

    private string Secret { get; }

    /// <summary>SHA-256 of the secret, as upper-case hex: what <see cref="KeyRecord.SecretHash"/> holds.</summary>
    public string SecretHash => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Secret)));

    /// <summary>Makes a key from 384 random bits.</summary>
    public static KeyText New(TenantId tenant, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> bits = stackalloc byte[16 + 32];
        random.GetBytes(bits);
        return new KeyText(tenant, new KeyId(new Guid(bits[..16])), Base64Url.EncodeToString(bits[16..]));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out KeyText key)
    {
        key = default;
        var tail = text.Length - (1 + IdLength + 1 + SecretLength);
        if (tail <= Prefix.Length || tail > Prefix.Length + TenantLengthMax || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var tenant = text[Prefix.Length..tail];
        var secret = text[^SecretLength..];
        if (text[tail] != '_' || text[tail + 1 + IdLength] != '_' || !TenantId.IsValid(tenant)
            || !KeyId.TryParse(text.Slice(tail + 1, IdLength), out var id) || !Base64Url.IsValid(secret))
        {
            return false;
        }

        key = new KeyText(new TenantId(tenant.ToString()), id, secret.ToString());
        return true;
    }

    /// <summary>The whole key, secret included: shown once, never logged.</summary>
    public override string ToString() => $"{Prefix}{Tenant}_{Id}_{Secret}";
}
