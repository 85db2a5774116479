using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Embedders;

/// <summary>The section "Chat" of the configuration: an OpenAI-shaped service that completes chats. Without the section there is no model.</summary>
public sealed class ChatClientOptions
{
    /// <summary>Base address; requests go to {Endpoint}/chat/completions. Example: http://localhost:11434/v1.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The service's name of the model.</summary>
    public string? Model { get; set; }

    /// <summary>Sent as a bearer token; none by default. Keep it in the environment, not in a file.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Tokens that an answer may have at most; a caller may ask for fewer. Default 1,024, 1 to 131,072.</summary>
    [Range(1, 131_072)]
    public int TokensMax { get; set; } = 1_024;

    /// <summary>
    /// Whether requests bound an answer by <c>max_completion_tokens</c>, which some newer models want, instead of <c>max_tokens</c>, which most
    /// services understand. Default no.
    /// </summary>
    public bool RequestCompletionTokens { get; set; }

    /// <summary>Whether requests carry a temperature, 0 where the caller says none. Default yes; no for models that refuse it.</summary>
    public bool RequestTemperature { get; set; } = true;

    /// <summary>Time for one attempt. Default 60 s, up to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts after the first when the service is busy, failing or out of reach. Default 3.</summary>
    [Range(0, 10)]
    public int RetriesMax { get; set; } = 3;

    /// <summary>Pause before the first retry; it doubles each time, and half of it is random. Default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause, also where the service's Retry-After asks for more. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(20);

    internal ServiceLimits Limits => new(Timeout, RetriesMax, RetryDelay, RetryDelayMax);
}
