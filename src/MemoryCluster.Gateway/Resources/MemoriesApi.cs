using System.Globalization;
using System.Text;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Single memories: writing, reading, changing, deleting.</summary>
internal static class MemoriesApi
{
    public const string Tag = "Memories";
    private const string ById = "/api/v1/memories/{id}";

    /// <summary>What can be wrong with a draft.</summary>
    public static readonly ImmutableArray<ProblemKind> DraftRefusals =
    [
        Refusals.IdInvalid, Refusals.IdReserved, Refusals.TextEmpty, Refusals.TextTooLong, Refusals.TextForbidden, Refusals.TooManyItems,
        Refusals.MetadataInvalid, Refusals.MetadataTooLarge, Refusals.TimestampOutOfRange, Refusals.RangeContradictory, Refusals.UserRequired,
        Refusals.EmbeddingNotAllowed, Refusals.EmbeddingInvalid, Refusals.PrincipalMismatch,
    ];

    private static readonly ImmutableArray<MemoryFault> IdempotencyFaults = [MemoryFault.IdempotencyMismatch, MemoryFault.IdempotencyInFlight];

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "POST", Pattern = "/api/v1/memories", Tag = Tag, Scope = KeyScopes.Write, Summary = "Remembers: 201 when something was stored",
            TellsDelay = true,
            Body = typeof(RememberRequest), Response = typeof(RememberResponse), AlsoSuccess = 201, Headers = ["Idempotency-Key"],
            Refuses = [.. DraftRefusals, Refusals.IdempotencyKeyInvalid],
            Faults = [MemoryFault.Forbidden, MemoryFault.NotFound, MemoryFault.QuotaExceeded, .. IdempotencyFaults],
        }, RememberAsync),
        new(new()
        {
            Method = "GET", Pattern = ById, Tag = Tag, Scope = KeyScopes.Read, Summary = "A memory, with its version as ETag", TellsDelay = true,
            Response = typeof(MemoryResponse), Refuses = [Refusals.IdInvalid], Faults = [MemoryFault.NotFound],
        }, GetAsync),
        new(new()
        {
            Method = "PATCH", Pattern = ById, Tag = Tag, Scope = KeyScopes.Write, Summary = "Changes a memory that is still of the version in If-Match",
            Body = typeof(PatchMemoryRequest), Response = typeof(MemoryResponse), Headers = ["If-Match", "Idempotency-Key"],
            Refuses =
            [
                Refusals.IdInvalid, Refusals.TextEmpty, Refusals.TextTooLong, Refusals.TextForbidden, Refusals.TooManyItems, Refusals.MetadataInvalid,
                Refusals.MetadataTooLarge, Refusals.TimestampOutOfRange, Refusals.PatchEmpty, Refusals.IfMatchInvalid, Refusals.IdempotencyKeyInvalid,
            ],
            Faults = [MemoryFault.NotFound, MemoryFault.Conflict, MemoryFault.VersionRequired, MemoryFault.StaleVersion, .. IdempotencyFaults],
        }, PatchAsync),
        new(new()
        {
            Method = "DELETE", Pattern = ById, Tag = Tag, Scope = KeyScopes.Write, Summary = "Deletes a memory, in every copy and for good",
            Response = typeof(DeleteMemoryResponse), Parameters = ["cascade"], Headers = ["Idempotency-Key"],
            Refuses = [Refusals.IdInvalid, Refusals.ParameterInvalid, Refusals.IdempotencyKeyInvalid], Faults = [MemoryFault.NotFound, .. IdempotencyFaults],
        }, DeleteAsync),
        new(new()
        {
            Method = "GET", Pattern = ById + "/history", Tag = Tag, Scope = KeyScopes.Read, Summary = "A memory's versions, oldest first",
            Response = typeof(MemoryHistoryResponse), Refuses = [Refusals.IdInvalid], Faults = [MemoryFault.NotFound],
        }, HistoryAsync),
        new(new()
        {
            Method = "GET", Pattern = ById + "/lineage", Tag = Tag, Scope = KeyScopes.Read, Summary = "What a memory came from, and what came of it",
            Response = typeof(LineageResponse), Refuses = [Refusals.IdInvalid], Faults = [MemoryFault.NotFound],
        }, LineageAsync),
    ];

    /// <summary>201 when something was stored, 200 otherwise.</summary>
    public static int StatusOf(Decision decision) => decision switch
    {
        Decision.Admitted or Decision.Candidate or Decision.Quarantined => 201,
        Decision.Merged or Decision.Rejected => 200,
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "A new decision needs a status here."),
    };

    private static async Task RememberAsync(Call call)
    {
        using var body = await call.ReadBodyAsync();
        var request = body.Parse(ContractJson.Strict.RememberRequest);
        var draft = DraftReader.Read(request, call, request.Embedding is null ? null : await call.EmbedderModelAsync());
        var operation = call.Operation(body.Bytes.Span);
        var agent = call.Services.Grains.GetGrain<IAgentGrain>(GrainKey.Of(call.Principal.Tenant, draft.Team, draft.Agent));
        var result = await agent.RememberAsync(draft.Memory, operation, call.Aborted);
        await call.ReplyAsync(StatusOf(result.Decision), MemoryBodies.Of(result), ContractJson.Strict.RememberResponse);
    }

    private static async Task GetAsync(Call call) => await ReplyAsync(call, await RequireAsync(call));

    private static async Task HistoryAsync(Call call) =>
        await call.ReplyAsync(200, MemoryBodies.HistoryOf(await RequireAsync(call)), ContractJson.Strict.MemoryHistoryResponse);

    private static async Task LineageAsync(Call call)
    {
        var lineage = await call.Memories.GetLineageAsync(call.MemoryId(), call.KeyCaller, call.Aborted) ?? throw Missing.Memory(call.MemoryId());
        await call.ReplyAsync(200, MemoryBodies.Of(lineage), ContractJson.Strict.LineageResponse);
    }

    private static async Task PatchAsync(Call call)
    {
        var id = call.MemoryId();
        var version = IfMatchOf(call);
        using var body = await call.ReadBodyAsync();
        var request = body.Parse(ContractJson.Strict.PatchMemoryRequest);
        if (request == new PatchMemoryRequest())
        {
            throw new RefusalException(Refusals.PatchEmpty, "Give at least one of text, tags, metadata, validTo and visibility.");
        }

        // the condition is part of what is asked: the same key with another version is another request
        var operation = call.Operation([.. body.Bytes.Span, .. Encoding.ASCII.GetBytes($"\n{version}")]);
        await ReplyAsync(call, await call.Memories.PatchAsync(ToCommand(request, id, version, operation), call.KeyCaller, call.Aborted));
    }

    private static PatchCommand ToCommand(PatchMemoryRequest request, MemoryId id, int version, OperationId? operation) => new()
    {
        Id = id,
        IfVersion = version,
        Text = request.Text is null ? null : TextCheck.Bytes(request.Text, DraftReader.TextBytesMax, "text"),
        Tags = request.Tags is null ? null : ListRule.Tags(request.Tags),
        Metadata = MetadataRule.Check(request.Metadata),
        ValidTo = TimeRule.Any(request.ValidTo, "validTo"),
        Visibility = request.Visibility,
        Operation = operation,
    };

    private static async Task DeleteAsync(Call call)
    {
        var id = call.MemoryId();
        var cascade = call.Http.Request.Query["cascade"];
        if (cascade.Count > 0 && cascade[0] != "derived")
        {
            throw new RefusalException(Refusals.ParameterInvalid, "Give cascade=derived, or leave it out.", "cascade");
        }

        var operation = call.Operation(cascade.Count > 0 ? "derived"u8 : default);
        var receipt = await call.Memories.DeleteAsync(new DeleteCommand(id, cascade.Count > 0, operation), call.KeyCaller, call.Aborted);
        var deleted = new DeleteMemoryResponse
        {
            Deleted = [.. receipt.Deleted.Select(each => each.ToString())],
            Receipt = new ReceiptBody { At = receipt.At, Seq = receipt.Seq },
        };
        await call.ReplyAsync(200, deleted, ContractJson.Strict.DeleteMemoryResponse);
    }

    private static int IfMatchOf(in Call call)
    {
        var header = call.Http.Request.Headers.IfMatch;
        if (header.Count == 0)
        {
            throw new MemoryClusterException(
                MemoryFault.VersionRequired, "Read the memory and send its ETag as If-Match, so that no change in between is lost.", field: "If-Match");
        }

        // a version in quotes, as ETag gave it; a weak tag or * would not say which version the caller saw
        var tag = header.Count == 1 ? header[0].AsSpan() : default;
        return tag is ['"', .., '"'] && int.TryParse(tag[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0
            ? version
            : throw new RefusalException(Refusals.IfMatchInvalid, "Send If-Match once, as the memory's ETag: its version in quotes.", "If-Match");
    }

    /// <summary>The memory that the route names, as the caller may see it.</summary>
    public static async Task<MemoryRecord> RequireAsync(Call call) =>
        await call.Memories.GetAsync(call.MemoryId(), call.KeyCaller, call.Aborted) ?? throw Missing.Memory(call.MemoryId());

    private static Task ReplyAsync(Call call, MemoryRecord memory)
    {
        call.Http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{memory.Version}\"");
        return call.ReplyAsync(200, MemoryBodies.Of(memory), ContractJson.Strict.MemoryResponse);
    }
}
