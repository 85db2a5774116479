using System.Text;

namespace MemoryCluster.Gateway.Tests.HostileInputs;

/// <summary>A request that must be refused, and how.</summary>
/// <param name="Name">The number in the list of inputs to refuse, and what it is.</param>
/// <param name="Status">The status that it must get.</param>
/// <param name="Code">The code that it must get; null where the server below the gateway answers without a body.</param>
internal sealed record HostileInput(string Name, int Status, string? Code)
{
    /// <summary>Stands in every hostile body: no answer may repeat it.</summary>
    public const string Marker = "zq7marker";

    public string Method { get; init; } = "POST";

    public string Path { get; init; } = "/api/v1/memories";

    public byte[] Body { get; init; } = [];

    /// <summary>Header lines; null for those that every client sends.</summary>
    public string? Head { get; init; }

    /// <summary>Further header lines, each ended by CR LF.</summary>
    public string More { get; init; } = "";

    public string Host { get; init; } = "localhost";

    public string ContentType { get; init; } = "application/json";

    /// <summary>The lines that carry the key, with {key} for it.</summary>
    public string Credentials { get; init; } = "Authorization: Bearer {key}\r\n";

    public bool EndSending { get; init; }

    public byte[] ToBytes(string key)
    {
        var framing = Head ?? (Body.Length == 0 ? "" : $"Content-Type: {ContentType}\r\nContent-Length: {Body.Length}\r\n");
        var head = $"{Method} {Path} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n{Credentials.Replace("{key}", key, StringComparison.Ordinal)}{framing}{More}\r\n";
        return [.. Encoding.Latin1.GetBytes(head), .. Body];
    }
}
