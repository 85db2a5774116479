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

        if (options.Http.Endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            result.AddError("An absolute http(s) address is needed, such as http://localhost:11434/v1.", "Embedding:Http:Endpoint");
        }

        if (string.IsNullOrWhiteSpace(options.Http.Model))
        {
            result.AddError("The service's name of the model is needed.", "Embedding:Http:Model");
        }

        if (options.Http.RequestDimensions && options.Http.Dimensions is null)
        {
            result.AddError("RequestDimensions needs Dimensions.", "Embedding:Http:Dimensions");
        }

        return result.Build();
    }
}
