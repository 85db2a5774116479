using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Embedders;

/// <summary>The section "Reranking" of the configuration.</summary>
public sealed class RerankingOptions
{
    /// <summary>"none" or "http". Default none.</summary>
    [AllowedValues(RerankingProvider.None, RerankingProvider.Http)]
    public RerankingProvider Provider { get; set; } = RerankingProvider.None;

    /// <summary>Base address; requests go to {Endpoint}/rerank. Example: http://localhost:8081/v1.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The service's name of the model.</summary>
    public string? Model { get; set; }

    /// <summary>Sent as a bearer token; none by default. Keep it in the environment, not in a file.</summary>
    public string? ApiKey { get; set; }

    /// <summary>How long a recall waits for the scores, retries included, and the most that one attempt may take. Default 1 s, up to 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:20", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Of a recall's fused candidates, how many the service is given. Default 50, 1 to 200.</summary>
    [Range(1, 200)]
    public int Candidates { get; set; } = 50;

    /// <summary>Attempts after the first when the service is busy, failing or out of reach. Default 1.</summary>
    [Range(0, 10)]
    public int RetriesMax { get; set; } = 1;

    /// <summary>Pause before the first retry; it doubles each time, and half of it is random. Default 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    // A pause leaves at least half of the time to the attempt after it.
    internal ServiceLimits Limits => new(Timeout, RetriesMax, RetryDelay, Timeout / 2);
}
