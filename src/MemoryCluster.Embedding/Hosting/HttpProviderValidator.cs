using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders;

/// <summary>What the http provider needs beyond ranges.</summary>
internal sealed class HttpProviderValidator : IValidateOptions<EmbeddingOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddingOptions options)
    {
        if (options.Provider != EmbeddingProvider.Http && options.Http.Endpoint is null)
        {
            return ValidateOptionsResult.Skip;
        }

        var result = new ValidateOptionsResultBuilder();
        if (options.Provider != EmbeddingProvider.Http && options.Http.Dimensions is null)
        {
            result.AddError("A service that only may be chosen later is not asked at start: say how long its vectors are.", "Embedding:Http:Dimensions");
        }

        result.RequireService("Embedding:Http", options.Http.Endpoint, options.Http.Model, "http://localhost:11434/v1");

        if (options.Http.RequestDimensions && options.Http.Dimensions is null)
        {
            result.AddError("RequestDimensions needs Dimensions.", "Embedding:Http:Dimensions");
        }

        return result.Build();
    }
}
