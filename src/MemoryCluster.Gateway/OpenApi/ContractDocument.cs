using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Gateway.OpenApi;

/// <summary>The OpenAPI document, written from the route descriptions: what the router maps is what is described.</summary>
internal static class ContractDocument
{
    public static IServiceCollection AddContractDocument(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractJson.Strict);
            options.SerializerOptions.DefaultIgnoreCondition = ContractJson.Strict.Options.DefaultIgnoreCondition;
            options.SerializerOptions.NumberHandling = ContractJson.Strict.Options.NumberHandling;
            foreach (var converter in ContractJson.Strict.Options.Converters)
            {
                options.SerializerOptions.Converters.Add(converter);
            }
        });
        return services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer(DocumentHead.Transform);
            options.AddOperationTransformer(RouteOperation.TransformAsync);
            options.AddSchemaTransformer(ContractSchema.Transform);
        });
    }
}
