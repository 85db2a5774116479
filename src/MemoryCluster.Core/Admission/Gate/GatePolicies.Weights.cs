namespace MemoryCluster.Admission.Gate;

public static partial class GatePolicies
{
    private static (GateFeature Feature, double Weight)[] Learned =>
    [
        (GateFeature.Bias, 0.2),
        (GateFeature.ToolReturned, 0.6),
        (GateFeature.ShapeReturned, 0.6),
        (GateFeature.PathShared, 0.5),
        (GateFeature.ActionContradicted, -2),
        (GateFeature.ChangingTool, -0.5),
        (GateFeature.OutputFailure, -0.1),
    ];
}
