using System.Globalization;
using System.Text.Json;

namespace MemoryCluster.Gateway.Tests.HostileInputs;

/// <summary>A status, its headers and its body; status 0 where the connection was closed without a word.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    /// <summary>The problem's code; null where there is no problem document.</summary>
    public string? Code => Head.Contains("application/problem+json", StringComparison.OrdinalIgnoreCase)
        ? JsonSerializer.Deserialize<Problem>(Body, ContractJson.Tolerant.Options)!.Code
        : null;

    public static RawAnswer Parse(string received)
    {
        if (received.Length == 0)
        {
            return new RawAnswer(0, "", "");
        }

        var end = received.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"No HTTP answer: '{received}'");
        return new RawAnswer(int.Parse(received.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture), received[..end], received[(end + 4)..]);
    }
}
