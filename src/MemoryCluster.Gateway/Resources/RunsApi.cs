using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Runs, for admission on evidence.</summary>
internal static class RunsApi
{
    private const int TaskBytesMax = 8_192;
    private const int NameCharsMax = 128;
    private const int SeedsMax = 32;
    private const int StepsMax = 256;

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "POST", Pattern = "/api/v1/runs", Tag = "Runs", Scope = KeyScopes.Write,
            Summary = "Keeps a run and decides what of it is to be remembered",
            Body = typeof(RunRequest), Response = typeof(RunAcceptedResponse), Success = 201, Headers = ["Idempotency-Key"],
            Refuses =
            [
                Refusals.IdInvalid, Refusals.IdReserved, Refusals.TextEmpty, Refusals.TextTooLong, Refusals.TextForbidden, Refusals.TooManyItems,
                Refusals.ValueOutOfRange, Refusals.StepsEmpty, Refusals.ReplayerUnknown, Refusals.PrincipalMismatch, Refusals.IdempotencyKeyInvalid,
            ],
            Faults = [MemoryFault.NotFound, MemoryFault.QuotaExceeded, MemoryFault.IdempotencyMismatch, MemoryFault.IdempotencyInFlight],
        }, SubmitAsync),
        new(new()
        {
            Method = "GET", Pattern = "/api/v1/runs/{id}", Tag = "Runs", Scope = KeyScopes.Read, Summary = "A run with its decisions and replays",
            Response = typeof(RunResponse), Refuses = [Refusals.IdInvalid, Refusals.IdReserved], Faults = [MemoryFault.NotFound],
        }, GetAsync),
    ];

    private static async Task SubmitAsync(Call call)
    {
        using var body = await call.ReadBodyAsync(GatewayLimits.RunBytesMax);
        var request = body.Parse(ContractJson.Strict.RunRequest);
        var team = Binding.RequireTeam(call.Principal, request.Team);
        var run = ToDraft(request, call);
        var agent = call.Services.Grains.GetGrain<IAgentGrain>(GrainKey.Of(call.Principal.Tenant, team, run.Agent));
        var report = await agent.SubmitRunAsync(run, call.Operation(body.Bytes.Span), call.Aborted);
        await call.ReplyAsync(201, RunBodies.AcceptedOf(report), ContractJson.Strict.RunAcceptedResponse);
    }

    private static async Task GetAsync(Call call)
    {
        var run = IdRule.Run(call.RouteValue("id"), "id");
        // an id of a caller's own names runs by which memories were written, and none that is kept
        var number = run.TeamNumber ?? throw Missing.Run();
        var team = await call.Services.TeamNumbers.FindAsync(call.Principal.Tenant, number, call.Aborted) ?? throw Missing.Run();
        var controller = call.Services.Grains.GetGrain<IControllerGrain>(GrainKey.Of(call.Principal.Tenant, team));
        var report = await controller.GetRunAsync(run, call.KeyCaller, call.Aborted) ?? throw Missing.Run();
        await call.ReplyAsync(200, RunBodies.Of(report), ContractJson.Strict.RunResponse);
    }

    private static RunDraft ToDraft(RunRequest request, in Call call)
    {
        var agent = Binding.RequireAgent(call.Principal, request.Agent);
        return new RunDraft
        {
            Agent = agent,
            User = Binding.User(call.Principal, request.User),
            Task = TextCheck.Bytes(request.Task, TaskBytesMax, "task"),
            Input = TextCheck.BytesOrEmpty(request.Input, DraftReader.TextBytesMax, "input"),
            Domain = TextCheck.OptionalChars(request.Domain, NameCharsMax, "domain"),
            Seeds = ListRule.Map(request.Seeds, SeedsMax, "seeds", static (seed, _) => seed),
            ConfigHash = TextCheck.OptionalChars(request.ConfigHash, NameCharsMax, "configHash"),
            ModelVersion = TextCheck.OptionalChars(request.ModelVersion, NameCharsMax, "modelVersion"),
            Steps = StepsOf(request.Steps, agent),
            Outcome = OutcomeOf(request.Outcome),
            Evaluation = request.Evaluation is null ? null : EvaluationOf(request.Evaluation),
            WrittenBy = call.Principal.Key,
        };
    }

    private static ImmutableArray<RunStep> StepsOf(IReadOnlyList<RunStepBody> steps, AgentId agent) => steps.Count == 0
        ? throw new RefusalException(Refusals.StepsEmpty, "Give at least one step.", "steps")
        : ListRule.Map(steps, StepsMax, "steps", (step, field) => StepOf(step, agent, field));

    private static RunStep StepOf(RunStepBody step, AgentId agent, string field) => step.Erased is not null
        ? throw new RefusalException(Refusals.MemberUnknown, "Leave out 'erased': only answers have it.", $"{field}.erased")
        : new RunStep
        {
            Agent = step.Agent is null ? agent : IdRule.Agent(step.Agent, $"{field}.agent"),
            Summary = TextCheck.Bytes(step.Summary, TaskBytesMax, $"{field}.summary"),
            Input = step.Input is null ? null : TextCheck.BytesOrEmpty(step.Input, DraftReader.TextBytesMax, $"{field}.input"),
            Output = TextCheck.BytesOrEmpty(step.Output, DraftReader.TextBytesMax, $"{field}.output"),
            Tool = TextCheck.OptionalChars(step.Tool, NameCharsMax, $"{field}.tool"),
            Admit = step.Admit ?? StepAdmission.Auto,
        };

    private static RunOutcome OutcomeOf(RunOutcomeBody outcome) => new()
    {
        Reward = NumberRule.InRange(outcome.Reward, 0, 1, "outcome.reward"),
        Correct = outcome.Correct,
        Answer = outcome.Answer is null ? null : TextCheck.BytesOrEmpty(outcome.Answer, DraftReader.TextBytesMax, "outcome.answer"),
        Tokens = NumberRule.InRange(outcome.Tokens, 0, long.MaxValue, "outcome.tokens"),
        LatencyMs = NumberRule.InRange(outcome.LatencyMs, 0, double.MaxValue, "outcome.latencyMs"),
    };

    // Whether there is such a replayer is the controller's to say.
    private static RunEvaluation EvaluationOf(RunEvaluationBody evaluation) => new(
        evaluation.Replayer is null ? ReplayerNames.Evidence : IdRule.Replayer(evaluation.Replayer, "evaluation.replayer"),
        evaluation.Expected is null ? null : TextCheck.Bytes(evaluation.Expected, DraftReader.TextBytesMax, "evaluation.expected"));
}
