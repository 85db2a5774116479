namespace MemoryCluster.Admission.Gate;

/// <content>
/// What ships, learned on the public halves of taubench_airline and reflexion_hotpotqa together, 125 tasks. Written by
/// <c>dotnet run -c Release --project tests/MemoryCluster.Evaluation -- sharing --data DATA --out THIS</c>; what it reaches on tasks
/// that it was not taught stands in docs/results.md.
/// </content>
public static partial class GatePolicies
{
    private const double Slope = 0.422;
    private const double Offset = -1.218;

    private static (GateFeature Feature, double Weight)[] Learned =>
    [
        (GateFeature.Bias, 0.180),
        (GateFeature.InputLength, -0.008),
        (GateFeature.OutputLength, 1.200),
        (GateFeature.Failed, 0.000),
        (GateFeature.OutputFailure, 1.465),
        (GateFeature.HasTool, 0.180),
        (GateFeature.ReadingTool, 0.068),
        (GateFeature.ChangingTool, -2.328),
        (GateFeature.ToolReturned, 1.121),
        (GateFeature.ShapeReturned, 1.524),
        (GateFeature.DomainReturned, -0.799),
        (GateFeature.ShapeAsks, 1.218),
        (GateFeature.ToolContradicted, 0.677),
        (GateFeature.ToolKnown, 0.411),
        (GateFeature.ActionRuns, -1.076),
        (GateFeature.ActionFirst, 0.361),
        (GateFeature.ActionContradicted, -0.718),
        (GateFeature.OthersActive, 0.825),
        (GateFeature.NoneActive, -7.026),
        (GateFeature.PathShared, 1.598),
        (GateFeature.Step, -1.164),
        (GateFeature.BankSize, -1.660),
        (GateFeature.BankNearest, 0.250),
        (GateFeature.BankNearestSameTool, -1.689),
        (GateFeature.AgentUsed, -0.180),
        (GateFeature.AgentReward, 0.180),
        (GateFeature.TaskInput, 0.352),
        (GateFeature.TaskOutput, 1.256),
        (GateFeature.InputOutput, 1.055),
        (GateFeature.InputInTask, 0.187),
        (GateFeature.TaskInOutput, 1.206),
        (GateFeature.InputInOutput, 0.771),
        (GateFeature.InputMarks, 0.708),
        (GateFeature.OutputMarks, -0.050),
        (GateFeature.TaskNamesInOutput, 0.949),
        (GateFeature.SummaryInOutput, 0.668),
        (GateFeature.OutputNew, 1.311),
        (GateFeature.RunFailures, -2.023),
        (GateFeature.RunRepeated, -0.699),
        (GateFeature.FailureLength, 1.328),
        (GateFeature.FailureTaskNames, 1.561),
        (GateFeature.FailureAgain, -3.471),
    ];
}
