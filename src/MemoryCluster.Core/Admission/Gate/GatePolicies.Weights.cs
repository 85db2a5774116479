namespace MemoryCluster.Admission.Gate;

/// <content>
/// What ships, learned on the public halves of taubench_airline and reflexion_hotpotqa together, 125 tasks. Written by
/// <c>dotnet run -c Release --project tests/MemoryCluster.Evaluation -- sharing --data DATA --out THIS</c>; what it reaches on tasks
/// that it was not taught stands in docs/results.md.
/// </content>
public static partial class GatePolicies
{
    private const double Slope = 0.364;
    private const double Offset = -1.729;

    private static (GateFeature Feature, double Weight)[] Learned =>
    [
        (GateFeature.Bias, 0.250),
        (GateFeature.InputLength, 0.108),
        (GateFeature.OutputLength, 1.376),
        (GateFeature.Failed, 0.000),
        (GateFeature.OutputFailure, 1.676),
        (GateFeature.HasTool, 0.250),
        (GateFeature.ReadingTool, 1.471),
        (GateFeature.ChangingTool, -1.958),
        (GateFeature.ToolReturned, 2.127),
        (GateFeature.ShapeReturned, 2.191),
        (GateFeature.DomainReturned, -0.725),
        (GateFeature.ShapeAsks, 2.444),
        (GateFeature.ToolContradicted, -0.302),
        (GateFeature.ToolKnown, 1.023),
        (GateFeature.ActionRuns, -3.647),
        (GateFeature.ActionFirst, 0.711),
        (GateFeature.ActionContradicted, -1.174),
        (GateFeature.OthersActive, 0.585),
        (GateFeature.NoneActive, -11.719),
        (GateFeature.PathShared, 1.228),
        (GateFeature.Step, -2.208),
        (GateFeature.BankSize, -1.714),
        (GateFeature.BankNearest, 0.344),
        (GateFeature.BankNearestSameTool, -1.374),
        (GateFeature.AgentUsed, -0.250),
        (GateFeature.AgentReward, 0.250),
        (GateFeature.TaskInput, 1.025),
        (GateFeature.TaskOutput, 1.203),
        (GateFeature.InputOutput, 1.306),
        (GateFeature.InputInTask, 0.967),
        (GateFeature.TaskInOutput, 0.698),
        (GateFeature.InputInOutput, 1.137),
        (GateFeature.InputMarks, 0.131),
        (GateFeature.OutputMarks, -1.150),
    ];
}
