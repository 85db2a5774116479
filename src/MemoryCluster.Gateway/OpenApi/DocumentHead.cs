using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MemoryCluster.Gateway.OpenApi;

/// <summary>Title, and the two ways to give a key.</summary>
internal static class DocumentHead
{
    public const string BearerScheme = "bearer";
    public const string HeaderScheme = "apiKey";

    public static Task Transform(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "MemoryCluster",
            Version = "1",
            Description = "Shared memory for teams of agents. Errors are problem documents with a stable code; docs/errors.md explains each.",
        };
        // the address it was fetched by says nothing of the gateway
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [BearerScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "Authorization: Bearer KEY" },
            [HeaderScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-API-Key" },
        };
        return Task.CompletedTask;
    }
}
