namespace MemoryCluster.Admission.Gate;

/// <summary>Computes a step's features: the one array that it returns is all that it allocates.</summary>
public static class GateFeatures
{
    /// <summary>How many there are.</summary>
    public const int Count = (int)GateFeature.End;

    // A rate of few steps leans on the wider kind's as if that had been seen four times more; of nothing, on one in four.
    private const double PriorSteps = 4;
    private const double PriorRate = 0.25;

    public static float[] Of(in GateInput input)
    {
        var features = new float[Count];
        Vectors(input, features);
        Texts(input, features);
        Recurrence(input.Recurrence, features);
        Surroundings(input, features);
        Failures(features);
        return features;
    }

    private static void Texts(in GateInput input, float[] features)
    {
        var task = WordBits.Of(input.Task, stackalloc ulong[WordBits.Longs]);
        var given = WordBits.Of(input.Input, stackalloc ulong[WordBits.Longs]);
        var output = WordBits.Of(input.Output, stackalloc ulong[WordBits.Longs]);
        Set(features, GateFeature.InputInTask, given.ShareIn(task));
        Set(features, GateFeature.TaskInOutput, task.ShareIn(output));
        Set(features, GateFeature.InputInOutput, given.ShareIn(output));
        var names = WordBits.OfNames(input.Task, stackalloc ulong[WordBits.Longs]);
        var summary = WordBits.Of(input.Summary, stackalloc ulong[WordBits.Longs]);
        Set(features, GateFeature.TaskNamesInOutput, names.ShareIn(output));
        Set(features, GateFeature.SummaryInOutput, summary.ShareIn(output));
        Set(features, GateFeature.OutputNew, output.ShareBeside(task, given, summary));
        Set(features, GateFeature.InputMarks, given.Marks);
        Set(features, GateFeature.OutputMarks, output.Marks);
        Set(features, GateFeature.InputLength, Log(input.Input.Length, 1_024));
        Set(features, GateFeature.OutputLength, Log(input.Output.Length, 4_096));
        Set(features, GateFeature.OutputFailure, FailureSigns.In(input.Output) ? 1 : 0);
    }

    private static void Vectors(in GateInput input, float[] features)
    {
        Set(features, GateFeature.TaskInput, Cosine(input.TaskVector, input.InputVector));
        Set(features, GateFeature.TaskOutput, Cosine(input.TaskVector, input.OutputVector));
        Set(features, GateFeature.InputOutput, Cosine(input.InputVector, input.OutputVector));
    }

    private static void Recurrence(RecurrenceView seen, float[] features)
    {
        var all = Rate(seen.All.Returned, seen.All.Steps, PriorRate);
        var tool = Rate(seen.Tool.Returned, seen.Tool.Steps, all);
        var toolAsks = Rate(seen.Tool.Asks, seen.Tool.Steps, Rate(seen.All.Asks, seen.All.Steps, PriorRate));
        Set(features, GateFeature.ToolReturned, LogOdds(tool));
        Set(features, GateFeature.ShapeReturned, LogOdds(Rate(seen.Shape.Returned, seen.Shape.Steps, tool)));
        Set(features, GateFeature.DomainReturned, LogOdds(Rate(seen.Domain.Returned, seen.Domain.Steps, all)));
        Set(features, GateFeature.ShapeAsks, Log(Rate(seen.Shape.Asks, seen.Shape.Steps, toolAsks), 8));
        Set(features, GateFeature.ToolContradicted, Math.Sqrt(Rate(seen.Tool.Contradicted, seen.Tool.Steps + seen.Tool.Asks, 0)));
        Set(features, GateFeature.ToolKnown, Log(seen.Tool.Steps, 256));
        Set(features, GateFeature.ActionRuns, Log(seen.ActionRuns, 8));
        Set(features, GateFeature.ActionFirst, seen.ActionRuns == 0 ? 1 : 0);
        Set(features, GateFeature.ActionContradicted, seen.ActionContradicted ? 1 : 0);
        Set(features, GateFeature.OthersActive, Log(seen.OthersActive, 8));
        Set(features, GateFeature.NoneActive, seen.OthersActive == 0 ? 1 : 0);
        Set(features, GateFeature.RunFailures, Log(seen.RunFailures, 8));
        Set(features, GateFeature.RunRepeated, seen.RunRepeated ? 1 : 0);
        Set(features, GateFeature.PathShared, LogOdds(Rate(seen.RunShared, seen.RunSteps, all)));
    }

    private static void Surroundings(in GateInput input, float[] features)
    {
        Set(features, GateFeature.Bias, 1);
        Set(features, GateFeature.Failed, input.Failed ? 1 : 0);
        Set(features, GateFeature.HasTool, input.Tool.IsEmpty ? 0 : 1);
        Set(features, GateFeature.ReadingTool, ToolVerbs.IsReading(input.Tool) ? 1 : 0);
        Set(features, GateFeature.ChangingTool, ToolVerbs.IsChanging(input.Tool) ? 1 : 0);
        Set(features, GateFeature.Step, Log(input.Step, 32));
        Set(features, GateFeature.BankSize, Log(input.Bank.Size, 1_024));
        Set(features, GateFeature.BankNearest, input.Bank.NearestSimilarity);
        Set(features, GateFeature.BankNearestSameTool, input.Bank.NearestSameTool ? input.Bank.NearestSimilarity : 0);
        Set(features, GateFeature.AgentUsed, LogOdds(Rate(input.Agent.Used, input.Agent.Kept, PriorRate)));
        Set(features, GateFeature.AgentReward, input.Agent.Runs == 0 ? 0.5 : (input.Agent.Rewards + 1) / (input.Agent.Runs + 2));
    }

    // What a failed step is worth hangs on other things than what one that succeeded is: a sum of weights cannot say so.
    private static void Failures(float[] features)
    {
        if (features[(int)GateFeature.OutputFailure] > 0)
        {
            features[(int)GateFeature.FailureLength] = features[(int)GateFeature.OutputLength];
            features[(int)GateFeature.FailureTaskNames] = features[(int)GateFeature.TaskNamesInOutput];
            features[(int)GateFeature.FailureAgain] = features[(int)GateFeature.RunFailures];
        }
    }

    private static void Set(float[] features, GateFeature feature, double value) => features[(int)feature] = (float)Math.Clamp(value, -2, 2);

    private static double Rate(long count, long of, double prior) => (count + (PriorSteps * prior)) / (of + PriorSteps);

    // Half of the log-odds: rates from one in fifty to forty-nine in fifty lie within -2 to 2.
    private static double LogOdds(double rate)
    {
        var within = Math.Clamp(rate, 0.001, 0.999);
        return Math.Log(within / (1 - within)) / 2;
    }

    private static double Log(double value, double scale) => Math.Log(1 + value) / Math.Log(1 + scale);

    // A plain loop in a fixed order and not the processor's widest: the same step has the same features on every machine.
    private static double Cosine(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return 0;
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, left.Length);
        double even = 0, odd = 0;
        var index = 0;
        for (; index + 1 < left.Length; index += 2)
        {
            even += (double)left[index] * right[index];
            odd += (double)left[index + 1] * right[index + 1];
        }

        return index < left.Length ? even + odd + ((double)left[index] * right[index]) : even + odd;
    }
}
