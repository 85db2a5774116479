using MemoryCluster.Admission.Runs;
using MemoryCluster.Recall;
using MemoryCluster.Statements;

namespace MemoryCluster.Admission.Replay;

/// <summary>A run, read for replay: the questions that it put, what it found out to be so, and what it knew to begin with.</summary>
internal sealed class ReplayContext
{
    private ReplayContext(RunRecord run, ImmutableArray<ReplayQuestion> questions, StatementText given, long tokens)
    {
        Run = run;
        Questions = questions;
        Given = given;
        Tokens = tokens;
    }

    public RunRecord Run { get; }

    public ImmutableArray<ReplayQuestion> Questions { get; }

    /// <summary>What the agent was told before its first step.</summary>
    public StatementText Given { get; }

    /// <summary>Tokens of the whole run.</summary>
    public long Tokens { get; }

    public static ReplayContext Of(RunRecord record)
    {
        var run = record.Run;
        var questions = ImmutableArray.CreateBuilder<ReplayQuestion>();
        if (AnswerOf(run) is { } answer)
        {
            questions.Add(new ReplayQuestion(null, new Statement($"{run.Task} {run.Input}"), StatementText.Read(answer)));
        }

        foreach (var step in run.Steps.Where(step => !step.Erased && !RunSigns.IsFailure(step.Output)))
        {
            var question = step.Input is { } input ? $"{step.Tool} {input}" : step.Summary;
            questions.Add(new ReplayQuestion(
                step.Tool is null ? null : RunSigns.SignatureOf(step), new Statement(question), StatementText.Read(step.Output)));
        }

        var chars = run.Task.Length + run.Input.Length + run.Steps.Sum(step => (long)step.Output.Length + (step.Input?.Length ?? 0) + step.Summary.Length);
        return new ReplayContext(
            record, questions.ToImmutable(), StatementText.Read($"{run.Task}\n{run.Input}"), run.Outcome.Tokens ?? RecallFusion.TokensOf(chars));
    }

    /// <summary>What was expected, or what a run said that is known to have been right; of a wrong answer nobody knows what the right one is.</summary>
    public static string? AnswerOf(RunDraft run) => run.Evaluation?.Expected ?? (run.Outcome.Correct == true ? run.Outcome.Answer : null);
}
