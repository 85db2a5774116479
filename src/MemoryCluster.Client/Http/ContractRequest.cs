namespace MemoryCluster.Client.Http;

/// <summary>A request that can be sent again: everything but the connection.</summary>
internal sealed record ContractRequest(HttpMethod Method, string Path)
{
    public byte[]? Json { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>The version that a change is made to.</summary>
    public int? IfMatch { get; init; }

    /// <summary>Whether it may take effect twice without harm though its method does not say so.</summary>
    public bool IsSafe { get; init; }

    /// <summary>How long one attempt may take, where that is longer than the client's own time.</summary>
    public TimeSpan? AttemptTimeout { get; init; }

    public bool IsRepeatable => IsSafe || IdempotencyKey is not null || Method == HttpMethod.Get || Method == HttpMethod.Put;

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, new Uri(Path, UriKind.Relative));
        if (IdempotencyKey is not null)
            message.Headers.Add("Idempotency-Key", IdempotencyKey);
        if (IfMatch is not null)
            message.Headers.IfMatch.Add(new($"\"{IfMatch}\""));
        if (Json is not null)
            message.Content = new ByteArrayContent(Json) { Headers = { ContentType = new("application/json") } };
        return message;
    }
}
