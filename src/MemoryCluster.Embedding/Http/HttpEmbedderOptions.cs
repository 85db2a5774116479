using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Embedders;

/// <summary>How an OpenAI-shaped embedding service is asked.</summary>
public sealed class HttpEmbedderOptions
{
    /// <summary>Base address; requests go to {Endpoint}/embeddings. Example: http://localhost:11434/v1.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The service's name of the model.</summary>
    public string? Model { get; set; }

    /// <summary>Length of the model's vectors; others are refused. Without it the service is asked once at start.</summary>
    [Range(1, Index.Vectors.RowVectorIndex.DimensionsMax)]
    public int? Dimensions { get; set; }

    /// <summary>Whether requests name the dimensions, for models that can shorten their vectors. Default no: many services refuse it.</summary>
    public bool RequestDimensions { get; set; }

    /// <summary>Whether vectors are asked for in base64, a quarter of the bytes, instead of as numbers. Both are understood. Default yes.</summary>
    public bool RequestBase64 { get; set; } = true;

    /// <summary>Sent as a bearer token; none by default. Keep it in the environment, not in a file.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Time for one attempt. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts after the first when the service is busy, failing or out of reach. Default 3.</summary>
    [Range(0, 10)]
    public int RetriesMax { get; set; } = 3;

    /// <summary>Pause before the first retry; it doubles each time, and half of it is random. Default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause, also where the service's Retry-After asks for more. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(5);

    internal ServiceLimits Limits => new(AttemptTimeout, RetriesMax, RetryDelay, RetryDelayMax);
}
