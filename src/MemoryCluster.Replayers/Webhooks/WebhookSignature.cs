using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MemoryCluster.Replayers;

/// <summary>Signs a request as Standard Webhooks has it: HMAC-SHA256 over its id, the time and its body, with full stops between.</summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    public static void Sign(HttpRequestMessage message, ReplayRequest request, string secret, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        message.Headers.Add(IdHeader, request.Id);
        message.Headers.Add(TimestampHeader, timestamp);
        message.Headers.Add(SignatureHeader, Of(request.Id, timestamp, request.Body, secret));
    }

    public static string Of(string id, string timestamp, string body, string secret)
    {
        var key = ReplayerSecret.KeyOf(secret);
        try
        {
            return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
