using System.Globalization;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Runs, decisions and certificates as the contract shows them.</summary>
internal static class RunBodies
{
    public static RunAcceptedResponse AcceptedOf(RunReport report) => new()
    {
        RunId = report.Run.Id.Value,
        Decisions = [.. report.Decisions.Select(Brief)],
    };

    public static RunResponse Of(RunReport report) => new()
    {
        RunId = report.Run.Id.Value,
        Team = report.Run.Team.Value,
        Agent = report.Run.Run.Agent.Value,
        User = report.Run.Run.User?.Value,
        At = report.Run.At,
        Task = report.Run.Run.Task,
        Input = report.Run.Run.Input,
        Domain = report.Run.Run.Domain,
        Seeds = report.Run.Run.Seeds,
        ConfigHash = report.Run.Run.ConfigHash,
        ModelVersion = report.Run.Run.ModelVersion,
        ContextHash = Hex(report.Run.ContextHash),
        OutputHash = Hex(report.Run.OutputHash),
        Steps = [.. report.Run.Run.Steps.Select(Of)],
        Outcome = new RunOutcomeBody
        {
            Reward = report.Run.Run.Outcome.Reward, Correct = report.Run.Run.Outcome.Correct, Answer = report.Run.Run.Outcome.Answer,
            Tokens = report.Run.Run.Outcome.Tokens, LatencyMs = report.Run.Run.Outcome.LatencyMs,
        },
        Evaluation = report.Run.Run.Evaluation is { } evaluation
            ? new RunEvaluationBody { Replayer = evaluation.Replayer, Expected = evaluation.Expected }
            : null,
        Decisions = [.. report.Decisions.Select(Brief)],
        Replays = [.. report.Decisions.SelectMany(decision => decision.Replays.Select(pair => Of(pair, decision.Memory)))],
        ReplaysFailed = FailuresOf(report) is { Length: > 0 } failures ? failures : null,
    };

    public static DecisionBody Of(CandidateDecision decision) => new()
    {
        Id = decision.Id.ToString("D"),
        RunId = decision.Run.Value,
        Step = decision.Step,
        Kind = decision.Kind,
        Decision = decision.Decision,
        Reason = decision.Reason,
        At = decision.At,
        MemoryId = decision.Memory?.ToString(),
        Probability = decision.Probability,
        Propensity = decision.Propensity,
        Explored = decision.Explored,
        PolicyVersion = decision.PolicyVersion,
        Features = decision.Features.ToDictionary(feature => feature.Name, feature => feature.Value),
        Evidence = [.. decision.Replays.Select(pair => Of(pair, null))],
        Failures = decision.Failures.IsEmpty ? null : [.. decision.Failures.Select(failure => Of(failure, null))],
        Replayer = decision.Replayer,
        Effect = EffectOf(decision),
    };

    public static CertificateResponse Of(MemoryId memory, CertificateCheck check) => new()
    {
        MemoryId = memory.ToString(),
        TextHash = Hex(check.Decision.TextHash),
        Replayer = check.Decision.Replayer,
        Confidence = check.Decision.Terms.Confidence,
        EffectMin = check.Decision.Terms.EffectMin,
        TokenCost = check.Decision.Terms.TokenCost,
        LatencyCost = check.Decision.Terms.LatencyCost,
        Decision = Of(check.Decision),
        Replayed = check.Replayed,
        Evaluated = check.Evaluated,
        Differing = [.. check.Differing.Select(run => run.Value)],
        Holds = check.Holds,
    };

    public static CertificateRerunResponse Of(MemoryId memory, CertificateCheck check, CertificateRerun? rerun) => new()
    {
        MemoryId = memory.ToString(), Replayer = check.Decision.Replayer, Recorded = rerun?.Recorded ?? 0,
        Replays = rerun is null ? [] : [.. rerun.Replays.Select(Of)], Tolerance = CertificateRerun.Tolerance,
        Effect = rerun is null
            ? null
            : new EffectBody { Pairs = rerun.Effect.Pairs, Mean = rerun.Effect.Mean, Lower = rerun.Effect.Lower, Upper = rerun.Effect.Upper },
        VerdictAgrees = rerun?.VerdictAgrees ?? true, Holds = rerun?.Holds ?? check.Holds,
    };

    private static ReplayAgainBody Of(ReplayAgain again) => new()
    {
        RunId = again.Run.Value, RewardWithout = again.Without?.Reward, RewardWith = again.With?.Reward, Version = again.Version,
        Failure = again.Failure, Agrees = again.Agrees,
    };

    private static RunStepBody Of(RunStep step) => new()
    {
        Agent = step.Agent.Value, Summary = step.Summary, Input = step.Input, Output = step.Output, Tool = step.Tool, Admit = step.Admit,
        Erased = step.Erased ? true : null,
    };

    private static RunDecisionBody Brief(CandidateDecision decision) => new()
    {
        Step = decision.Step, Kind = decision.Kind, Decision = decision.Decision, Probability = decision.Probability,
        MemoryId = decision.Memory?.ToString(), Reason = decision.Reason, Effect = EffectOf(decision),
    };

    private static ReplayBody Of(ReplayPair pair, MemoryId? memory) => new()
    {
        MemoryId = memory?.ToString(), RunId = pair.Run.Value, Own = pair.IsOwn, RewardWithout = pair.Without.Reward, RewardWith = pair.With.Reward,
        TokensWithout = pair.Without.Tokens, TokensWith = pair.With.Tokens, Misled = pair.Misled, Difference = pair.Difference, At = pair.At,
        LatencyMsWithout = pair.Without.LatencyMs, LatencyMsWith = pair.With.LatencyMs,
        Version = pair.Trace?.Version, RequestWithout = pair.Trace is { } asked ? Hex(asked.RequestWithout) : null,
        RequestWith = pair.Trace is { } told ? Hex(told.RequestWith) : null, Seeds = pair.Trace is { } trace ? trace.Seeds : null,
        Fingerprint = Hex(pair.Fingerprint),
    };

    private static ReplayFailureBody[] FailuresOf(RunReport report) =>
    [
        .. report.Decisions.SelectMany(decision => decision.Failures.Select(failure => Of(failure, decision.Memory))),
    ];

    private static ReplayFailureBody Of(ReplayFailure failure, MemoryId? memory) =>
        new() { MemoryId = memory?.ToString(), RunId = failure.Run.Value, Reason = failure.Reason, Attempts = failure.Attempts, At = failure.At };

    private static EffectBody? EffectOf(CandidateDecision decision) => decision.Replays.IsEmpty
        ? null
        : new EffectBody
        {
            Pairs = decision.Effect.Pairs, Mean = decision.Effect.Mean, Lower = decision.Effect.Lower, Upper = decision.Effect.Upper,
        };

    private static string Hex(Guid hash) => hash.ToString("N", CultureInfo.InvariantCulture);
}
