using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Which model the tenant's vectors are made by.</summary>
internal static class EmbedderApi
{
    private const string Tag = "Embedder";
    private const string Pattern = "/api/v1/embedder";
    private const string Probe = "How long are you?";

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "PUT", Pattern = Pattern, Tag = Tag, Scope = KeyScopes.Admin,
            Summary = "Chooses the embedder; shards move to it in the background, and a team tells how far it is",
            Body = typeof(PutEmbedderRequest), Response = typeof(EmbedderResponse),
            Refuses = [Refusals.ValueUnknown, Refusals.EmbedderDimensions, Refusals.PrincipalMismatch], Faults = [MemoryFault.EmbedderUnavailable],
        }, PutAsync),
        new(new()
        {
            Method = "GET", Pattern = Pattern, Tag = Tag, Scope = KeyScopes.Read, Summary = "The embedder in use", Response = typeof(EmbedderResponse),
        }, GetAsync),
    ];

    private static async Task PutAsync(Call call)
    {
        Binding.RequireUnbound(call.Principal);
        var embedders = call.Services.Embedders;
        var request = await call.ReadAsync(ContractJson.Strict.PutEmbedderRequest);
        var model = embedders.Named(request.Provider)?.Model
            ?? throw new RefusalException(Refusals.ValueUnknown, $"The server is configured with {string.Join(", ", embedders.Names)}.", "provider");

        // It must answer now: a choice that cannot be carried out is refused here and not found out later, vector by vector.
        var vector = await call.Services.Grains.GetGrain<IEmbedderGrain>(model.Id).EmbedAsync(Probe, call.Aborted);
        if (vector.Dimensions != (request.Dimensions ?? model.Dimensions))
        {
            throw new RefusalException(
                Refusals.EmbedderDimensions, $"The vectors of '{model.Id}' have {vector.Dimensions} components.", "dimensions");
        }

        await call.Tenant.PutEmbedderAsync(model, call.Aborted);
        await ReplyAsync(call, model);
    }

    private static async Task GetAsync(Call call) => await ReplyAsync(call, await call.EmbedderModelAsync());

    private static Task ReplyAsync(Call call, EmbedderModel model) => call.ReplyAsync(
        200,
        new EmbedderResponse { Model = model.Id, Dimensions = model.Dimensions, Providers = [.. call.Services.Embedders.Names] },
        ContractJson.Strict.EmbedderResponse);
}
