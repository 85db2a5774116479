using MemoryCluster.Grains;
using MemoryCluster.Simulations.Histories;
using Orleans;

namespace MemoryCluster.Simulations.Scenarios;

/// <summary>Makes calls as one client, through the doors that the gateway uses, and has them recorded.</summary>
internal sealed class Voice(int client, IGrainFactory grains, Recorder recorder)
{
    private const int PageMax = 200;

    public Task<RememberResult?> RememberAsync(TeamId team, AgentId agent, MemoryDraft draft, OperationId? operation) => recorder.CallAsync(
        () => grains.GetGrain<IAgentGrain>(GrainKey.Of(Cast.Tenant, team, agent)).RememberAsync(draft, operation, default),
        (moment, answer) => Remembered(moment, team, agent, draft, operation, answer));

    public async Task RememberManyAsync(TeamId team, AgentId agent, ImmutableArray<MemoryDraft> drafts)
    {
        var outcomes = drafts.Select(_ => new TaskCompletionSource<RememberResult>()).ToArray();
        // One call to the cluster, and as many to the recorder as there are drafts: each succeeds or fails alone.
        var recorded = drafts.Select((draft, i) => recorder.CallAsync(
            () => outcomes[i].Task, (moment, answer) => Remembered(moment, team, agent, draft, null, answer))).ToArray();
        try
        {
            var answers = await grains.GetGrain<IAgentGrain>(GrainKey.Of(Cast.Tenant, team, agent))
                .RememberManyAsync(drafts, [.. drafts.Select(_ => (OperationId?)null)], default);
            for (var i = 0; i < drafts.Length; i++)
            {
                Settle(outcomes[i], answers[i]);
            }
        }
#pragma warning disable CA1031 // Handed on to the recorder, which sorts faults.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Array.ForEach(outcomes, outcome => outcome.SetException(exception));
        }

        await Task.WhenAll(recorded);
    }

    public Task<MemoryRecord?> GetAsync(MemoryId id, Caller caller, bool isFinal = false) => recorder.CallAsync(
        () => grains.GetGrain<IMemoryGrain>(GrainKey.Of(Cast.Tenant)).GetAsync(id, caller, default),
        (moment, answer) => Read("get", moment, caller, answer is null ? [] : [answer]) with { Wanted = id, IsFinal = isFinal });

    public Task<MemoryPage?> ListAsync(TeamId team, Caller caller, bool isFinal = false, MemoryState? state = null) => recorder.CallAsync(
        () => grains.GetGrain<ITeamGrain>(GrainKey.Of(Cast.Tenant, team)).ListAsync(caller, new MemoryListQuery { Limit = PageMax, State = state, IncludeArchived = true }, default)!,
        (moment, answer) => Read("list", moment, caller, answer?.Items ?? []) with
        {
            WholeTeam = caller.IsOperator && state is null && answer is { HasMore: false } ? team : null, IsFinal = isFinal,
        });

    public Task<TimelinePage?> TimelineAsync(TeamId team, Caller caller, TimelineQuery query) => recorder.CallAsync(
        () => grains.GetGrain<ITeamGrain>(GrainKey.Of(Cast.Tenant, team)).ReadTimelineAsync(caller, query, default)!,
        (moment, answer) => new TimelineCall
        {
            Client = client, Start = moment.Start, End = moment.End, Outcome = moment.Outcome, Fault = moment.Fault, Team = team, Caller = caller,
            Summaries = [.. (answer?.Nodes ?? []).Select(node => node.Summary).OfType<string>()], Worded = (answer?.Nodes ?? []).Count(node => node.Written is not null),
        });

    public Task<RecallAnswer?> RecallAsync(TeamId team, Caller caller, string text, long? minSeq) => recorder.CallAsync(
        () => grains.GetGrain<IRecallGrain>(GrainKey.Of(Cast.Tenant)).RecallAsync(
            new RecallQuery { Team = team, Caller = caller, Text = text, K = PageMax, MinSeq = minSeq, IncludeArchived = caller.IsOperator }, default)!,
        // Vectors of everything there is are compared, so a page with room to spare that is not partial leaves out nothing of the team.
        (moment, answer) => Read("recall", moment, caller, [.. (answer?.Hits ?? []).Select(hit => hit.Memory)]) with
        {
            WholeTeam = caller.IsOperator && answer is { Partial: false, Hits.Length: < PageMax } ? team : null,
        });

    public Task<MemoryRecord?> PatchAsync(PatchCommand command, Caller caller) => recorder.CallAsync(
        () => grains.GetGrain<IMemoryGrain>(GrainKey.Of(Cast.Tenant)).PatchAsync(command, caller, default)!,
        (moment, answer) => new PatchCall
        {
            Client = client, Start = moment.Start, End = moment.End, Outcome = moment.Outcome, Fault = moment.Fault,
            Id = command.Id, IfVersion = command.IfVersion, Text = command.Text, Visibility = command.Visibility, Key = command.Operation?.Key,
            Caller = caller, Answer = answer is null ? null : Sighting.Of(answer),
        });

    public Task<DeletionReceipt?> DeleteAsync(DeleteCommand command, Caller caller) => recorder.CallAsync(
        () => grains.GetGrain<IMemoryGrain>(GrainKey.Of(Cast.Tenant)).DeleteAsync(command, caller, default)!,
        (moment, _) => new DeleteCall
        {
            Client = client, Start = moment.Start, End = moment.End, Outcome = moment.Outcome, Fault = moment.Fault, Id = command.Id,
            Key = command.Operation?.Key, Caller = caller,
        });

    public Task<DeletionReceipt?> ForgetAsync(TeamId team, RunId run) => recorder.CallAsync(
        () => grains.GetGrain<ITeamGrain>(GrainKey.Of(Cast.Tenant, team))
            .ForgetAsync(Cast.Operator, new ForgetCommand { Team = team, Run = run }, default)!,
        (moment, answer) => new ForgetCall
        {
            Client = client, Start = moment.Start, End = moment.End, Outcome = moment.Outcome, Fault = moment.Fault, Team = team, Run = run,
            Deleted = answer?.Deleted ?? [],
        });

    public Task ReportAsync(TeamId team, Caller caller, RecallAnswer recalled, double reward) => recorder.CallAsync(
        () => grains.GetGrain<ITeamGrain>(GrainKey.Of(Cast.Tenant, team))
            .RecordOutcomeAsync(caller, new RecallOutcome { Recall = recalled.Id, Reward = reward }, default),
        (moment, answer) => new OutcomeCall
        {
            Client = client, Start = moment.Start, End = moment.End, Outcome = moment.Outcome, Fault = moment.Fault,
            Recall = recalled.Id, Used = [.. recalled.Hits.Select(hit => hit.Memory.Id)], IsKnown = answer,
        });

    // Neither changes what a memory says, so both are recorded only for how they ended.
    public Task<ConsolidationReport?> ConsolidateAsync(TeamId team) => recorder.CallAsync(
        () => grains.GetGrain<ITeamGrain>(GrainKey.Of(Cast.Tenant, team)).ConsolidateAsync(default)!,
        (moment, _) => Read("consolidate", moment, Cast.Operator, []));

    public Task UndoAsync(TeamId team, ConsolidationId id) => recorder.CallAsync(
        () => grains.GetGrain<ITeamGrain>(GrainKey.Of(Cast.Tenant, team)).UndoConsolidationAsync(id, default),
        (moment, _) => Read("undo", moment, Cast.Operator, []));

    public Task SetEdgeAsync(AccessEdge edge, bool isGrant) => recorder.CallAsync(
        async () =>
        {
            var tenant = grains.GetGrain<ITenantGrain>(GrainKey.Of(Cast.Tenant));
            await (isGrant ? tenant.GrantAsync(edge, default) : tenant.RevokeAsync(edge, default));
            return true;
        },
        (moment, _) => new EdgeCall
        {
            Client = client, Start = moment.Start, End = moment.End, Outcome = moment.Outcome, Fault = moment.Fault, Edge = edge, IsGrant = isGrant,
        });

    private RememberCall Remembered(
        Moment moment, TeamId team, AgentId agent, MemoryDraft draft, OperationId? operation, RememberResult? answer) => new()
        {
            Client = client, Start = moment.Start, End = moment.End, Outcome = moment.Outcome, Fault = moment.Fault,
            Wording = new Wording(draft.Text, draft.Visibility), Origin = new Origin(team, agent, draft.User, draft.Run, draft.Resources),
            Key = operation?.Key, Answer = answer,
        };

    private ReadCall Read(string how, Moment moment, Caller caller, ImmutableArray<MemoryRecord> seen) => new()
    {
        Client = client, Start = moment.Start, End = moment.End, Outcome = moment.Outcome, Fault = moment.Fault, How = how, Caller = caller,
        Seen = [.. seen.Select(Sighting.Of)],
    };

    private static void Settle(TaskCompletionSource<RememberResult> outcome, RememberOutcome answer)
    {
        try
        {
            outcome.SetResult(answer.Unwrap());
        }
        catch (MemoryClusterException fault)
        {
            outcome.SetException(fault);
        }
    }
}
