using System.Text;

namespace MemoryCluster.LoadTests.Http;

/// <summary>Whole requests as bytes, written before the measurement starts, so that sending one is a single system call.</summary>
internal sealed class HttpRequestBytes(Uri server, string? key)
{
    public byte[] Get(string path) => Render("GET", path, body: []);

    public byte[] Post(string path, ReadOnlySpan<byte> json, string? idempotencyKey = null) => Render("POST", path, json, idempotencyKey);

    private byte[] Render(string method, string path, ReadOnlySpan<byte> body, string? idempotencyKey = null)
    {
        var header = new StringBuilder()
            .Append(method).Append(' ').Append(path).Append(" HTTP/1.1\r\nHost: ").Append(server.Authority).Append("\r\n");
        if (key is not null)
            header.Append("Authorization: Bearer ").Append(key).Append("\r\n");
        if (idempotencyKey is not null)
            header.Append("Idempotency-Key: ").Append(idempotencyKey).Append("\r\n");
        if (method != "GET")
            header.Append("Content-Type: application/json\r\nContent-Length: ").Append(body.Length).Append("\r\n");
        return [.. Encoding.ASCII.GetBytes(header.Append("\r\n").ToString()), .. body];
    }
}
