using System.Net;
using System.Net.Http.Headers;

namespace MemoryCluster.Embedders;

/// <summary>Which answers deserve another attempt, and how long to leave the service alone before it.</summary>
internal sealed class RetryPauses(ServiceLimits limits, TimeProvider clock, Random random)
{
    private readonly Lock _chance = new();

    public static bool IsWorthRetrying(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    /// <param name="attempt">0 for the first.</param>
    public TimeSpan After(int attempt, RetryConditionHeaderValue? retryAfter)
    {
        var asked = retryAfter?.Delta ?? (retryAfter?.Date - clock.GetUtcNow());
        var pause = asked is { } wanted && wanted > TimeSpan.Zero ? wanted : Backoff(attempt);
        return pause < limits.RetryDelayMax ? pause : limits.RetryDelayMax;
    }

    // Half fixed, half random, so that callers refused together do not come back together.
    private TimeSpan Backoff(int attempt)
    {
        lock (_chance)
        {
            return limits.RetryDelay * (1 << attempt) * (0.5 + (0.5 * random.NextDouble()));
        }
    }
}
