using System.Net.Http.Headers;

namespace MemoryCluster.Embedders;

/// <summary>What one request came to: vectors, or why not and whether it is worth another try.</summary>
internal sealed record EmbeddingAttempt
{
    public float[][]? Vectors { get; init; }

    public string Failure { get; init; } = "";

    public bool IsTransient { get; init; }

    public RetryConditionHeaderValue? RetryAfter { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>The body stays out: services repeat the text or parts of the key in it.</summary>
    public static EmbeddingAttempt Refused(HttpResponseMessage response) => new()
    {
        Failure = $"the service answered {(int)response.StatusCode}",
        IsTransient = RetryPauses.IsWorthRetrying(response.StatusCode),
        RetryAfter = response.Headers.RetryAfter,
    };
}
