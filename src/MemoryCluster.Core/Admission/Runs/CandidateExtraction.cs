using MemoryCluster.Statements;

namespace MemoryCluster.Admission.Runs;

/// <summary>
/// Takes from a run what others may want to know, by rules and without a model: what each decisive step found out, what put a failure right,
/// and what told a run that succeeded from one of the same task that failed.
/// </summary>
/// <remarks>
/// SEDM takes one candidate a run, "the decisive reasoning step, or the correction" (arXiv 2509.09498, §3.1); Learning to Share one a step
/// (arXiv 2602.05965, §3). A step is decisive here when it came off and said something that neither the task nor an earlier step had said.
/// </remarks>
internal static class CandidateExtraction
{
    /// <summary>A memory's text is at most this long, in characters; what a tool answered beyond it stays in the run.</summary>
    public const int TextCharsMax = 8_192;

    // Of what a step says at least a fifth must be new; a repetition in other words is still one.
    private const double NewShareMin = 0.2;
    private const int ContrastStepsMax = 4;
    private const int WordCharsMax = 128;

    /// <summary>Candidates by step; for one step its own finding before the lesson that it ended.</summary>
    public static ImmutableArray<Candidate> Of(RunDraft run)
    {
        var found = ImmutableArray.CreateBuilder<Candidate>();
        var known = new HashSet<ulong>(StatementText.Read($"{run.Task}\n{run.Input}").Claims);
        for (var i = 0; i < run.Steps.Length; i++)
        {
            var step = run.Steps[i];
            if (step.Erased || step.Admit == StepAdmission.Never || RunSigns.IsFailure(step.Output))
            {
                continue;
            }

            var claims = StatementText.Read($"{step.Summary}\n{step.Output}").Claims;
            if (claims.Count > 0 && claims.Count(claim => !known.Contains(claim)) >= NewShareMin * claims.Count)
            {
                found.Add(Finding(step, i));
            }

            known.UnionWith(claims);
            if (FailureBefore(run, i) is { } failure)
            {
                found.Add(Correction(run, failure, i));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>What the steps of a run that succeeded did and those of one that failed did not; null where that tells nothing.</summary>
    /// <param name="succeeded">The run that reached its goal.</param>
    /// <param name="failed">A run of the same task that did not.</param>
    /// <param name="step">The step of the newer run that the lesson is filed under.</param>
    public static Candidate? Contrast(RunDraft succeeded, RunDraft failed, int step)
    {
        var tried = failed.Steps.Select(KeyOf).ToHashSet();
        var only = Usable(succeeded).Where(each => !tried.Contains(KeyOf(each))).Take(ContrastStepsMax).ToArray();
        var worked = succeeded.Steps.Select(KeyOf).ToHashSet();
        var missed = Usable(failed).Where(each => !worked.Contains(KeyOf(each))).Take(ContrastStepsMax).ToArray();
        if (only.Length == 0)
        {
            return null;
        }

        var text = $"Task: {succeeded.Task}\nWhat a run that succeeded did, and one that failed did not: {Join(only)}";
        if (missed.Length > 0)
        {
            text += $"\nWhat the one that failed did instead: {Join(missed)}";
        }

        return new Candidate
        {
            Step = step, Kind = MemoryKind.Insight, Question = succeeded.Task, Text = Cut(text),
            Agents = [.. only.Concat(missed).Select(each => each.Agent).Distinct()],
        };
    }

    private static IEnumerable<RunStep> Usable(RunDraft run) => run.Steps.Where(step => !step.Erased && step.Admit != StepAdmission.Never);

    private static Candidate Finding(RunStep step, int index) => new()
    {
        Step = index, Kind = MemoryKind.Step, Agents = [step.Agent], Tool = step.Tool, Signature = RunSigns.SignatureOf(step),
        Question = QuestionOf(step), Text = Cut(TextOf(step)), Answer = Cut(step.Output),
    };

    private static Candidate Correction(RunDraft run, int failure, int success)
    {
        var (wrong, right) = (run.Steps[failure], run.Steps[success]);
        var what = right.Tool is { } tool ? $"{tool}: " : "";
        return new Candidate
        {
            Step = success, Kind = MemoryKind.Lesson, Agents = [.. new[] { right.Agent, wrong.Agent }.Distinct()], Tool = right.Tool,
            Question = wrong.Input is { } asked ? $"{wrong.Summary} {asked}" : wrong.Summary,
            Text = Cut($"{what}{Asked(wrong)} failed: {Cut(wrong.Output, 400)}\nWhat worked: {Asked(right)}"),
        };
    }

    // The latest failure of the same tool by the same agent that no success has answered yet.
    private static int? FailureBefore(RunDraft run, int success)
    {
        var right = run.Steps[success];
        for (var i = success - 1; right.Tool is not null && i >= 0; i--)
        {
            var step = run.Steps[i];
            if (step.Tool != right.Tool || step.Agent != right.Agent || step.Erased)
            {
                continue;
            }

            return step.Admit != StepAdmission.Never && RunSigns.IsFailure(step.Output) && KeyOf(step) != KeyOf(right) ? i : null;
        }

        return null;
    }

    private static (string? Tool, Guid? Signature, string Summary) KeyOf(RunStep step) =>
        RunSigns.SignatureOf(step) is { } signature ? (step.Tool, signature, "") : (null, null, step.Summary);

    private static string QuestionOf(RunStep step) => step.Input is { } input ? $"{step.Tool} {input}".TrimStart() : step.Summary;

    private static string Asked(RunStep step) => step.Input is { } input && input.Length > 0 ? $"{step.Summary} ({Cut(input, 400)})" : step.Summary;

    private static string TextOf(RunStep step) =>
        step.Output.Contains(step.Summary, StringComparison.Ordinal) && step.Tool is null ? step.Output : $"{Asked(step)}\n{step.Output}";

    private static string Join(RunStep[] steps) => string.Join("; ", steps.Select(Asked));

    private static string Cut(string text, int charsMax = TextCharsMax)
    {
        if (text.Length <= charsMax)
        {
            return text;
        }

        // At a space, where there is one near: half a word or half a number says something else.
        var space = text.LastIndexOf(' ', charsMax - 1, Math.Min(charsMax, WordCharsMax));
        var end = space > 0 ? space : char.IsHighSurrogate(text[charsMax - 1]) ? charsMax - 1 : charsMax;
        return text[..end];
    }
}
