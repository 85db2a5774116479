using System.Text;

namespace MemoryCluster;

/// <summary>
/// The secret that a replayer's calls are signed with: 16 to 256 visible ASCII characters, taken as they are, or <c>whsec_</c> and 24 to 64 bytes
/// in base64, as Standard Webhooks writes it.
/// </summary>
public static class ReplayerSecret
{
    /// <summary>Fewest characters: 16.</summary>
    public const int LengthMin = 16;

    /// <summary>Most characters: 256.</summary>
    public const int LengthMax = 256;

    private const string Prefix = "whsec_";
    private const int BytesMin = 24;
    private const int BytesMax = 64;

    /// <summary>Whether a text may be a secret.</summary>
    public static bool IsValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is >= LengthMin and <= LengthMax && text.All(c => c is > ' ' and <= '~')
            && (!text.StartsWith(Prefix, StringComparison.Ordinal) || Decoded(text) is { Length: >= BytesMin and <= BytesMax });
    }

    /// <summary>The key of the HMAC.</summary>
    public static byte[] KeyOf(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            ? Decoded(secret) ?? throw new ArgumentException("The secret is no base64.", nameof(secret))
            : Encoding.ASCII.GetBytes(secret);
    }

    private static byte[]? Decoded(string secret)
    {
        var bytes = new byte[LengthMax];
        return Convert.TryFromBase64Chars(secret.AsSpan(Prefix.Length), bytes, out var count) ? bytes[..count] : null;
    }
}
