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
        result.RequireService("Reranking", options.Endpoint, options.Model, "http://localhost:8081/v1");

        return result.Build();
    }
}
