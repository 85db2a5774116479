using System.Net;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Replayers;

/// <summary>Checks the networks; the ranges are checked by their attributes.</summary>
internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach (var network in options.AllowedNetworks.Where(network => !IPNetwork.TryParse(network, out _)))
        {
            result.AddError($"'{network}' is no network; write it as 10.1.0.0/16 or fd00:1::/32.", "Replay:Webhook:AllowedNetworks");
        }

        return result.Build();
    }
}
