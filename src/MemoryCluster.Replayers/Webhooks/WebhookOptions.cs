using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Replayers;

/// <summary>The section "Replay:Webhook" of the configuration: how registered replayers are called.</summary>
public sealed class WebhookOptions
{
    /// <summary>
    /// Networks that may be called although they are not public, also without TLS, such as <c>127.0.0.0/8</c> on a laptop; of a name that resolves
    /// into several places every place must be allowed. Default none.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Time for one request, its answer included. Default 30 s, up to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
