using System.Globalization;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace MemoryCluster.Gateway.OpenApi;

/// <summary>Describes one route: its parameters, bodies, answers and problem codes.</summary>
internal static class RouteOperation
{
    // what any route can answer; those with a body also the JSON ones
    private static readonly ImmutableArray<ProblemKind> EveryRoute =
    [
        Refusals.RequestInvalid, Refusals.PathEncoding, Refusals.HostNotAllowed, Refusals.OriginNotAllowed, Refusals.UrlTooLong, Refusals.ParameterUnknown,
    ];

    private static readonly ImmutableArray<ProblemKind> KeyedRoute = [Refusals.AmbiguousCredentials, Refusals.ScopeMissing];

    private static readonly ImmutableArray<ProblemKind> QueriedRoute = [Refusals.ParameterDuplicate];

    private static readonly ImmutableArray<ProblemKind> BodiedRoute =
    [
        Refusals.JsonInvalid, Refusals.JsonTooDeep, Refusals.MemberUnknown, Refusals.MemberMissing, Refusals.MemberDuplicate, Refusals.TypeMismatch,
        Refusals.ValueUnknown, Refusals.TimestampInvalid, Refusals.MediaTypeUnsupported, Refusals.ContentEncodingUnsupported, Refusals.BodyTooLarge,
        Refusals.BodyTooSlow,
    ];

    private static readonly ImmutableArray<MemoryFault> KeyedFaults =
    [
        MemoryFault.Unauthenticated, MemoryFault.Overloaded, MemoryFault.ShardUnavailable, MemoryFault.StoreUnavailable, MemoryFault.StoreCorrupt,
        MemoryFault.EmbedderUnavailable, MemoryFault.DeadlineExceeded, MemoryFault.Unspecified,
    ];

    public static async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteDescription>().SingleOrDefault() is not { } route)
        {
            return;
        }

        operation.Summary = route.Summary;
        operation.Description = route.Scope == KeyScopes.None ? "Needs no key." : $"Needs the scope '{Word.Of(route.Scope)}'.";
        operation.Parameters = [.. ParametersOf(route)];
        operation.RequestBody = route.Body is null ? null : await BodyOfAsync(route, context, cancellationToken);
        operation.Responses = await ResponsesOfAsync(route, context, cancellationToken);
        if (route.Scope != KeyScopes.None)
        {
            operation.Security = [RequirementOf(DocumentHead.BearerScheme, context), RequirementOf(DocumentHead.HeaderScheme, context)];
        }
    }

    private static IEnumerable<IOpenApiParameter> ParametersOf(RouteDescription route) =>
    [
        .. RoutePatternFactory.Parse(route.Pattern).Parameters.Select(parameter => Parameter(parameter.Name, ParameterLocation.Path)),
        .. route.Parameters.Select(name => Parameter(name, ParameterLocation.Query)),
        .. route.Headers.Select(name => Parameter(name, ParameterLocation.Header)),
    ];

    private static OpenApiParameter Parameter(string name, ParameterLocation location) => new()
    {
        Name = name,
        In = location,
        Required = location == ParameterLocation.Path || name == "If-Match",
        Schema = new OpenApiSchema { Type = name == "limit" ? JsonSchemaType.Integer : JsonSchemaType.String },
    };

    private static async Task<OpenApiRequestBody> BodyOfAsync(
        RouteDescription route, OpenApiOperationTransformerContext context, CancellationToken cancellationToken) => new()
        {
            Required = !route.BodyOptional,
            Content = await ContentOfAsync("application/json", route.Body!, context, cancellationToken),
        };

    private static async Task<Dictionary<string, OpenApiMediaType>> ContentOfAsync(
        string mediaType, Type type, OpenApiOperationTransformerContext context, CancellationToken cancellationToken) => new()
        {
            [mediaType] = new OpenApiMediaType { Schema = await SchemaOfAsync(type, context, cancellationToken) },
        };

    // each body once, among the components, however many routes speak of it
    private static async Task<IOpenApiSchema> SchemaOfAsync(Type type, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document ?? throw new InvalidOperationException("An operation is described within a document.");
        if (document.Components?.Schemas?.ContainsKey(type.Name) != true)
        {
            document.AddComponent<IOpenApiSchema>(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
        }

        return new OpenApiSchemaReference(type.Name, document);
    }

    private static async Task<OpenApiResponses> ResponsesOfAsync(
        RouteDescription route, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var responses = new OpenApiResponses();
        foreach (var status in new[] { route.Success, route.AlsoSuccess }.OfType<int>())
        {
            responses[Key(status)] = new OpenApiResponse
            {
                Description = ReasonPhrases.GetReasonPhrase(status),
                Content = route.Response is null ? null : await ContentOfAsync("application/json", route.Response, context, cancellationToken),
            };
        }

        foreach (var problems in ProblemsOf(route).GroupBy(problem => problem.Status, problem => problem.Code).OrderBy(group => group.Key))
        {
            responses[Key(problems.Key)] = new OpenApiResponse
            {
                Description = $"{ReasonPhrases.GetReasonPhrase(problems.Key)}: {string.Join(", ", problems.Distinct())}",
                Content = await ContentOfAsync("application/problem+json", typeof(Problem), context, cancellationToken),
            };
        }

        return responses;
    }

    private static IEnumerable<ProblemKind> ProblemsOf(RouteDescription route)
    {
        IEnumerable<MemoryFault> faults = route.Scope == KeyScopes.None ? route.Faults : [.. KeyedFaults, .. route.Faults];
        return
        [
            .. EveryRoute,
            .. route.Scope == KeyScopes.None ? [] : KeyedRoute,
            .. route.Parameters.IsEmpty ? [] : QueriedRoute,
            .. route.Body is null ? [] : BodiedRoute,
            .. route.Refuses,
            .. faults.Concat(route.Writes ? [MemoryFault.OutcomeUnknown] : []).Select(fault => new ProblemKind(FaultMap.Status(fault), fault.Code())),
        ];
    }

    private static OpenApiSecurityRequirement RequirementOf(string scheme, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };

    private static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);
}
