using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Resources;

/// <summary>A team's policy: what decides admission, weights and forgetting.</summary>
internal static class PolicyApi
{
    private const int ImmuneTagsMax = 32;

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "PUT", Pattern = "/api/v1/controller/teams/{team}/policy", Tag = "Controller", Scope = KeyScopes.Admin,
            Summary = "Changes a team's policy; what is left out stays as it is",
            Body = typeof(PutPolicyRequest), Response = typeof(ControllerTeamResponse),
            Refuses =
            [
                Refusals.IdInvalid, Refusals.IdReserved, Refusals.ValueOutOfRange, Refusals.TextEmpty, Refusals.TextTooLong, Refusals.TextForbidden,
                Refusals.TooManyItems, Refusals.PrincipalMismatch, Refusals.ChatNotConfigured,
            ],
            Faults = [MemoryFault.NotFound, MemoryFault.StaleVersion, MemoryFault.Conflict],
        }, PutAsync),
    ];

    public static UtilityPolicyBody Of(UtilityPolicy policy) => new()
    {
        LearningRate = policy.LearningRate, Rent = policy.Rent, HalfLifeDays = policy.HalfLifeDays, PruneUsesMin = policy.PruneUsesMin,
        PruneBelow = policy.PruneBelow, Exploration = policy.Exploration,
    };

    public static ConsolidationPolicyBody Of(ConsolidationPolicy policy) => new()
    {
        FamilySimilarity = policy.FamilySimilarity, InsightCharsMax = policy.InsightCharsMax, FamilyMax = policy.FamilyMax,
        WriteSummaries = policy.WriteSummaries,
    };

    public static ForgettingPolicyBody Of(ForgettingPolicy policy) => new()
    {
        UnitDays = policy.UnitDays, WarmBelow = policy.WarmBelow, ColdBelow = policy.ColdBelow, ArchiveBelow = policy.ArchiveBelow,
        ImmuneKinds = [.. policy.ImmuneKinds], ImmuneTags = [.. policy.ImmuneTags], RecordsMax = policy.RecordsMax, BytesMax = policy.BytesMax,
        WarmBits = policy.WarmBits, ColdBits = policy.ColdBits, ArchivedBits = policy.ArchivedBits,
    };

    public static DiffusionPolicyBody Of(DiffusionPolicy policy) => new()
    {
        Automatic = policy.Automatic, UsesMin = policy.UsesMin, WeightMin = policy.WeightMin, WeightShare = policy.WeightShare,
        NearnessMin = policy.NearnessMin, TeamsMax = policy.TeamsMax, Kinds = [.. policy.Kinds], ConfirmUsesMin = policy.ConfirmUsesMin,
    };

    private static async Task PutAsync(Call call)
    {
        var team = TeamsApi.RouteTeam(call);
        var request = await call.ReadAsync(ContractJson.Strict.PutPolicyRequest);
        // the team first: asking its controller would make a policy for a team that is not there
        var view = await call.Team(team).DescribeAsync(call.Aborted) ?? throw Missing.Team(team);
        var controller = call.Services.Grains.GetGrain<IControllerGrain>(GrainKey.Of(call.Principal.Tenant, team));
        var current = await controller.GetPolicyAsync(call.Aborted);
        if (request.IfVersion is { } version && version != current.Version)
        {
            throw new MemoryClusterException(
                MemoryFault.StaleVersion,
                $"The policy of team '{team}' is at version {current.Version}, the change was made for {version}; read it again and repeat.",
                field: "ifVersion");
        }

        await controller.SetPolicyAsync(Changed(current, request), call.Aborted);
        await call.ReplyAsync(200, ControllerApi.ToBody(team, await controller.DescribeAsync(call.Aborted), view.Statistics), ContractJson.Strict.ControllerTeamResponse);
    }

    private static TeamPolicy Changed(TeamPolicy policy, PutPolicyRequest request) => policy with
    {
        MergeSimilarity = request.MergeSimilarity ?? policy.MergeSimilarity,
        WordsMin = request.WordsMin ?? policy.WordsMin,
        CandidateWeight = request.CandidateWeight ?? policy.CandidateWeight,
        MemoriesMax = request.MemoriesMax ?? policy.MemoriesMax,
        Confidence = request.Confidence ?? policy.Confidence,
        EffectMin = request.EffectMin ?? policy.EffectMin,
        TokenCost = request.TokenCost ?? policy.TokenCost,
        LatencyCost = request.LatencyCost ?? policy.LatencyCost,
        ReplaysPerDay = request.ReplaysPerDay ?? policy.ReplaysPerDay,
        RunsMax = request.RunsMax ?? policy.RunsMax,
        Utility = request.Utility is { } utility ? Changed(policy.Utility, utility) : policy.Utility,
        Consolidation = request.Consolidation is { } consolidation ? Changed(policy.Consolidation, consolidation) : policy.Consolidation,
        Forgetting = request.Forgetting is { } forgetting ? Changed(policy.Forgetting, forgetting) : policy.Forgetting,
        Diffusion = request.Diffusion is { } diffusion ? Changed(policy.Diffusion, diffusion) : policy.Diffusion,
    };

    private static UtilityPolicy Changed(UtilityPolicy policy, UtilityPolicyBody body) => new()
    {
        LearningRate = body.LearningRate ?? policy.LearningRate,
        Rent = body.Rent ?? policy.Rent,
        HalfLifeDays = body.HalfLifeDays ?? policy.HalfLifeDays,
        PruneUsesMin = body.PruneUsesMin ?? policy.PruneUsesMin,
        PruneBelow = body.PruneBelow ?? policy.PruneBelow,
        Exploration = body.Exploration ?? policy.Exploration,
    };

    private static ConsolidationPolicy Changed(ConsolidationPolicy policy, ConsolidationPolicyBody body) => new()
    {
        FamilySimilarity = body.FamilySimilarity ?? policy.FamilySimilarity,
        InsightCharsMax = body.InsightCharsMax ?? policy.InsightCharsMax,
        FamilyMax = body.FamilyMax ?? policy.FamilyMax,
        WriteSummaries = body.WriteSummaries ?? policy.WriteSummaries,
    };

    private static ForgettingPolicy Changed(ForgettingPolicy policy, ForgettingPolicyBody body) => new()
    {
        UnitDays = body.UnitDays ?? policy.UnitDays,
        WarmBelow = body.WarmBelow ?? policy.WarmBelow,
        ColdBelow = body.ColdBelow ?? policy.ColdBelow,
        ArchiveBelow = body.ArchiveBelow ?? policy.ArchiveBelow,
        ImmuneKinds = body.ImmuneKinds is { } kinds ? KindsOf(kinds, "forgetting.immuneKinds") : policy.ImmuneKinds,
        ImmuneTags = body.ImmuneTags is { } tags
            ? ListRule.Map(tags, ImmuneTagsMax, "forgetting.immuneTags", static (tag, field) => TextCheck.Chars(tag, ListRule.TagCharsMax, field))
            : policy.ImmuneTags,
        RecordsMax = body.RecordsMax ?? policy.RecordsMax,
        BytesMax = body.BytesMax ?? policy.BytesMax,
        WarmBits = body.WarmBits ?? policy.WarmBits,
        ColdBits = body.ColdBits ?? policy.ColdBits,
        ArchivedBits = body.ArchivedBits ?? policy.ArchivedBits,
    };

    private static DiffusionPolicy Changed(DiffusionPolicy policy, DiffusionPolicyBody body) => new()
    {
        Automatic = body.Automatic ?? policy.Automatic,
        UsesMin = body.UsesMin ?? policy.UsesMin,
        WeightMin = body.WeightMin ?? policy.WeightMin,
        WeightShare = body.WeightShare ?? policy.WeightShare,
        NearnessMin = body.NearnessMin ?? policy.NearnessMin,
        TeamsMax = body.TeamsMax ?? policy.TeamsMax,
        Kinds = body.Kinds is { } kinds ? KindsOf(kinds, "diffusion.kinds") : policy.Kinds,
        ConfirmUsesMin = body.ConfirmUsesMin ?? policy.ConfirmUsesMin,
    };

    private static ImmutableArray<MemoryKind> KindsOf(IReadOnlyList<MemoryKind> kinds, string field) =>
        ListRule.Map(kinds, Word.All<MemoryKind>().Length, field, static (kind, _) => kind);
}
