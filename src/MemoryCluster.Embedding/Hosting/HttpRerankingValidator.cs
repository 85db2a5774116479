using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders;

/// <summary>What the http reranker needs beyond ranges.</summary>
internal sealed class HttpRerankingValidator : IValidateOptions<RerankingOptions>
{
    public ValidateOptionsResult Validate(string? name, RerankingOptions options)
    {
        if (options.Provider != RerankingProvider.Http)
        {
            return ValidateOptionsResult.Skip;
        }

        var result = new ValidateOptionsResultBuilder();
        if (options.Endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            result.AddError("An absolute http(s) address is needed, such as http://localhost:8081/v1.", "Reranking:Endpoint");
        }

        if (string.IsNullOrWhiteSpace(options.Model))
        {
            result.AddError("The service's name of the model is needed.", "Reranking:Model");
        }

        return result.Build();
    }
}
