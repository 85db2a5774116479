using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Recall, and how it turned out.</summary>
internal static class RecallApi
{
    private const string Tag = "Recall";
    private const int QueryBytesMax = 8_192;
    private const int KDefault = 10;
    private const int KMax = 200;
    private const int TokenBudgetMax = 1_000_000;
    private const int StageCharsMax = 64;

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "POST", Pattern = "/api/v1/recall", Tag = Tag, Scope = KeyScopes.Read, Summary = "Recalls: hits that are current, permitted and not deleted",
            TellsDelay = true,
            Body = typeof(RecallRequest), Response = typeof(RecallResponse),
            Refuses =
            [
                Refusals.IdInvalid, Refusals.IdReserved, Refusals.TextEmpty, Refusals.TextTooLong, Refusals.TextForbidden, Refusals.TooManyItems,
                Refusals.ValueOutOfRange, Refusals.TimestampOutOfRange, Refusals.RangeContradictory, Refusals.PrincipalMismatch,
            ],
            Faults = [MemoryFault.Forbidden, MemoryFault.NotFound],
        }, RecallAsync),
        new(new()
        {
            Method = "POST", Pattern = "/api/v1/recalls/{recallId}/outcome", Tag = Tag, Scope = KeyScopes.Write,
            Summary = "Reports how a recall turned out; each recall counts once",
            Body = typeof(OutcomeRequest), Success = 202,
            Refuses =
            [
                Refusals.IdInvalid, Refusals.TooManyItems, Refusals.ValueOutOfRange, Refusals.TextEmpty, Refusals.TextTooLong, Refusals.TextForbidden,
            ],
            Faults = [MemoryFault.NotFound],
        }, RecordOutcomeAsync),
    ];

    private static async Task RecallAsync(Call call)
    {
        var started = call.Services.Clock.GetTimestamp();
        var query = ToQuery(await call.ReadAsync(ContractJson.Strict.RecallRequest), call);
        var answer = await call.Services.Grains.GetGrain<IRecallGrain>(GrainKey.Of(call.Principal.Tenant)).RecallAsync(query, call.Aborted);
        var took = call.Services.Clock.GetElapsedTime(started);
        call.Services.Instruments.OnRecall(answer.Partial);
        await call.ReplyAsync(200, ToBody(answer, query.Explain, took), ContractJson.Strict.RecallResponse);
    }

    private static RecallQuery ToQuery(RecallRequest request, in Call call)
    {
        var team = Binding.RequireTeam(call.Principal, request.Team);
        TimeRule.Ordered(request.OccurredFrom, request.OccurredTo, "occurredFrom", "occurredTo");
        return new RecallQuery
        {
            Team = team,
            Caller = call.KeyCaller with
            {
                Team = team,
                Agent = Binding.RequireAgent(call.Principal, request.Agent),
                User = Binding.User(call.Principal, request.User),
            },
            Text = TextCheck.Bytes(request.Query, QueryBytesMax, "query"),
            K = NumberRule.InRange(request.K ?? KDefault, 1, KMax, "k"),
            Scopes = ScopesOf(request.Scope),
            Kinds = ListRule.Map(request.Kinds, Word.All<MemoryKind>().Length, "kinds", static (kind, _) => kind),
            Tags = ListRule.Tags(request.Tags),
            AsOf = TimeRule.Any(request.AsOf, "asOf"),
            OccurredFrom = TimeRule.Any(request.OccurredFrom, "occurredFrom"),
            OccurredTo = TimeRule.Any(request.OccurredTo, "occurredTo"),
            MinSeq = NumberRule.InRange(request.MinSeq, 0, long.MaxValue, "minSeq"),
            TokenBudget = NumberRule.InRange(request.TokenBudget, 1, TokenBudgetMax, "tokenBudget"),
            Explain = request.Explain ?? false,
            Channels = ChannelsOf(request.Channels),
            IncludeArchived = request.IncludeArchived ?? false,
            Stage = TextCheck.OptionalChars(request.Stage, StageCharsMax, "stage"),
        };
    }

    private static RecallScopes ScopesOf(IReadOnlyList<Visibility>? scope) => NonEmpty(scope, "scope") is not { } given
        ? RecallScopes.All
        : given.Aggregate(RecallScopes.None, (all, tier) => all | tier switch
        {
            Visibility.Private => RecallScopes.Private,
            Visibility.Team => RecallScopes.Team,
            Visibility.Shared => RecallScopes.Shared,
            _ => throw new ArgumentOutOfRangeException(nameof(scope), tier, "A new visibility needs a tier here."),
        });

    private static RecallChannels ChannelsOf(IReadOnlyList<RecallChannels>? channels) =>
        NonEmpty(channels, "channels")?.Aggregate(RecallChannels.None, (all, channel) => all | channel) ?? RecallChannels.All;

    private static IReadOnlyList<T>? NonEmpty<T>(IReadOnlyList<T>? items, string field)
        where T : struct, Enum
    {
        ListRule.RequireCount(items?.Count ?? 0, Word.All<T>().Length, field);
        return items is { Count: 0 }
            ? throw new RefusalException(Refusals.ValueOutOfRange, $"Name at least one in '{field}', or leave it out for all.", field)
            : items;
    }

    private static RecallResponse ToBody(RecallAnswer answer, bool explain, TimeSpan took) => new()
    {
        RecallId = answer.Id.ToString(),
        TookMs = Math.Round(took.TotalMilliseconds, 3),
        Partial = answer.Partial,
        ShardsAsked = answer.ShardsAsked,
        ShardsAnswered = answer.ShardsAnswered,
        Hits = [.. answer.Hits.Select(hit => MemoryBodies.Of(hit, explain))],
    };

    private static async Task RecordOutcomeAsync(Call call)
    {
        var recall = IdRule.Recall(call.RouteValue("recallId"), "recallId");
        var outcome = ToOutcome(await call.ReadAsync(ContractJson.Strict.OutcomeRequest), recall);
        var team = await call.Services.TeamNumbers.FindAsync(call.Principal.Tenant, recall.TeamNumber, call.Aborted);
        if (team is not { } known || !await call.Team(known).RecordOutcomeAsync(call.KeyCaller, outcome, call.Aborted))
        {
            throw new MemoryClusterException(
                MemoryFault.NotFound,
                "No such recall waits for an outcome: it was not this key's, or its time is over.",
                code: "recall_not_found",
                field: "recallId");
        }

        await call.ReplyAsync(202);
    }

    private static RecallOutcome ToOutcome(OutcomeRequest request, RecallId recall) => new()
    {
        Recall = recall,
        Reward = NumberRule.InRange(request.Reward, 0, 1, "reward"),
        Used = request.Used is null ? null : ListRule.Map(request.Used, KMax, "used", IdRule.Memory),
        Tokens = NumberRule.InRange(request.Tokens, 0, long.MaxValue, "tokens"),
        LatencyMs = NumberRule.InRange(request.LatencyMs, 0, double.MaxValue, "latencyMs"),
        Stage = TextCheck.OptionalChars(request.Stage, StageCharsMax, "stage"),
        Run = request.Run is null ? null : IdRule.Run(request.Run, "run"),
    };
}
