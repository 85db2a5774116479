using System.Net.Http.Headers;

namespace MemoryCluster.Embedders;

/// <summary>What one request came to: an answer, or why not and whether it is worth another try.</summary>
internal sealed record ServiceAttempt<TAnswer>
    where TAnswer : class
{
    public TAnswer? Answer { get; init; }

    public string Failure { get; init; } = "";

    public bool IsTransient { get; init; }

    public RetryConditionHeaderValue? RetryAfter { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>The body stays out: services repeat the text or parts of the key in it.</summary>
    public static ServiceAttempt<TAnswer> Refused(HttpResponseMessage response) => new()
    {
        Failure = $"the service answered {(int)response.StatusCode}",
        IsTransient = RetryPauses.IsWorthRetrying(response.StatusCode),
        RetryAfter = response.Headers.RetryAfter,
    };
}
