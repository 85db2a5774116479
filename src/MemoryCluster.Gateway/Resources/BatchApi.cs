using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Many memories in one request; each is kept or refused alone.</summary>
internal static class BatchApi
{
    private const int ItemsMax = 1_000;

    // one call to an agent's grain: well under what a cluster takes as one message
    private const int CallItemsMax = 256;
    private const int CallCharsMax = 1 << 20;

    // the envelope's two levels and the deepest item, and some to tell the item that is too deep
    private const int EnvelopeDepthMax = 64;

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "POST", Pattern = "/api/v1/memories/batch", Tag = MemoriesApi.Tag, Scope = KeyScopes.Write,
            Summary = "Remembers up to 1,000; each result has the status that its item would have had alone",
            Body = typeof(RememberBatchRequest), Response = typeof(RememberBatchResponse), Headers = ["Idempotency-Key"],
            Refuses = [Refusals.BatchEmpty, Refusals.BatchTooLarge, Refusals.IdempotencyKeyInvalid],
        }, RememberAsync),
    ];

    private static async Task RememberAsync(Call call)
    {
        using var body = await call.ReadBodyAsync(GatewayLimits.BatchBytesMax);
        RequestBody.RequireUtf8(body.Bytes.Span);
        call.Operation([]);
        using var document = ParseEnvelope(body.Bytes);
        var items = ItemsOf(document.RootElement);
        var results = new RememberBatchItem[items.GetArrayLength()];
        var model = items.EnumerateArray().Any(HasVector) ? await call.EmbedderModelAsync() : null;
        var drafts = ReadDrafts(call, items, model, results);
        await Task.WhenAll(drafts.GroupBy(item => (item.Draft.Team, item.Draft.Agent)).Select(group => RememberGroupAsync(call, [.. group], results)));
        await call.ReplyAsync(200, new RememberBatchResponse { Results = results }, ContractJson.Strict.RememberBatchResponse);
    }

    private static JsonDocument ParseEnvelope(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = EnvelopeDepthMax });
        }
        catch (JsonException exception)
        {
            throw JsonDiagnosis.Explain(bytes, ContractJson.Strict.RememberBatchRequest, exception);
        }
    }

    private static JsonElement ItemsOf(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new RefusalException(Refusals.TypeMismatch, "Send a JSON object with the member 'items'.");
        }

        JsonElement? items = null;
        foreach (var member in root.EnumerateObject())
        {
            items = !member.NameEquals("items"u8)
                ? throw new RefusalException(Refusals.MemberUnknown, "Leave out what is not 'items'. Names are case-sensitive.")
                : items is not null
                    ? throw new RefusalException(Refusals.MemberDuplicate, "Give the member 'items' once.", "items")
                    : member.Value;
        }

        return Counted(items ?? throw new RefusalException(Refusals.MemberMissing, "Give the member 'items'.", "items"));
    }

    private static JsonElement Counted(JsonElement items)
    {
        if (items.ValueKind != JsonValueKind.Array)
        {
            throw new RefusalException(Refusals.TypeMismatch, "Give a JSON array as 'items'.", "items");
        }

        return items.GetArrayLength() switch
        {
            0 => throw new RefusalException(Refusals.BatchEmpty, "Give at least one item.", "items"),
            > ItemsMax => throw new RefusalException(Refusals.BatchTooLarge, $"Give at most {ItemsMax} items.", "items"),
            _ => items,
        };
    }

    private static bool HasVector(JsonElement item) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("embedding", out _);

    private static List<BatchDraft> ReadDrafts(Call call, JsonElement items, EmbedderModel? model, RememberBatchItem[] results)
    {
        var drafts = new List<BatchDraft>(results.Length);
        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            try
            {
                var bytes = JsonMarshal.GetRawUtf8Value(item);
                var draft = DraftReader.Read(RequestBody.Parse(bytes, ContractJson.Strict.RememberRequest), call, model);
                drafts.Add(new BatchDraft(index, draft, call.Operation(bytes, index.ToString(CultureInfo.InvariantCulture))));
            }
            catch (RefusalException refusal)
            {
                results[index] = ToItem(ProblemFactory.Of(refusal, writes: true), index);
            }

            index++;
        }

        return drafts;
    }

    private static async Task RememberGroupAsync(Call call, List<BatchDraft> group, RememberBatchItem[] results)
    {
        var first = group[0].Draft;
        var agent = call.Services.Grains.GetGrain<IAgentGrain>(GrainKey.Of(call.Principal.Tenant, first.Team, first.Agent));
        foreach (var part in Parts(group))
        {
            await RememberPartAsync(call, agent, part, results);
        }
    }

    private static IEnumerable<List<BatchDraft>> Parts(List<BatchDraft> group)
    {
        var part = new List<BatchDraft>();
        var chars = 0;
        foreach (var item in group)
        {
            if (part.Count == CallItemsMax || (part.Count > 0 && chars + item.Draft.Memory.Text.Length > CallCharsMax))
            {
                yield return part;
                part = [];
                chars = 0;
            }

            part.Add(item);
            chars += item.Draft.Memory.Text.Length;
        }

        yield return part;
    }

    private static async Task RememberPartAsync(Call call, IAgentGrain agent, List<BatchDraft> part, RememberBatchItem[] results)
    {
        try
        {
            var outcomes = await agent.RememberManyAsync(
                [.. part.Select(item => item.Draft.Memory)], [.. part.Select(item => item.Operation)], call.Aborted);
            foreach (var (item, outcome) in part.Zip(outcomes))
            {
                results[item.Index] = outcome.Result is { } result ? ToItem(result) : ToItem(ProblemFactory.Of(outcome), item.Index);
            }
        }
#pragma warning disable CA1031 // the fault befell this part alone: the other parts' items may be stored, and the caller must be told which
        catch (Exception exception) when (!call.Aborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            ProblemWriter.LogFaultOf(exception, call);
            foreach (var item in part)
            {
                results[item.Index] = ToItem(ProblemFactory.Of(exception, writes: true), item.Index);
            }
        }
    }

    private static RememberBatchItem ToItem(RememberResult result) => new()
    {
        Status = MemoriesApi.StatusOf(result.Decision),
        Id = result.Id.ToString(),
        Decision = result.Decision,
        Reason = result.Reason,
        Version = result.Version,
        Seq = result.Seq,
        MergedInto = result.MergedInto?.ToString(),
    };

    private static RememberBatchItem ToItem(Problem problem, int index) => new()
    {
        Status = problem.Status,
        Type = problem.Type,
        Title = problem.Title,
        Code = problem.Code,
        Detail = problem.Detail,
        Field = problem.Field is null ? $"items[{index}]" : $"items[{index}].{problem.Field}",
    };

    private sealed record BatchDraft(int Index, Draft Draft, OperationId? Operation);
}
