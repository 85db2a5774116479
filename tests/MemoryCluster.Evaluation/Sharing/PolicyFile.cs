using System.Globalization;
using System.Text;
using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Evaluation.Sharing;

/// <summary>The source file in which the policy ships that every team begins with.</summary>
internal static class PolicyFile
{
    public static string Of(GatePolicy policy, int tasks)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            namespace MemoryCluster.Admission.Gate;

            /// <content>
            /// What ships, learned on the public halves of taubench_airline and reflexion_hotpotqa together, {{tasks}} tasks. Written by
            /// <c>dotnet run -c Release --project tests/MemoryCluster.Evaluation -- sharing --data DATA --out THIS</c>; what it reaches on tasks
            /// that it was not taught stands in docs/results.md.
            /// </content>
            public static partial class GatePolicies
            {
                private const double Slope = {{policy.CalibrationSlope:0.000}};
                private const double Offset = {{policy.CalibrationOffset:0.000}};

                private static (GateFeature Feature, double Weight)[] Learned =>
                [

            """);
        foreach (var feature in Enum.GetValues<GateFeature>().Where(feature => feature != GateFeature.End))
        {
            text.Append(CultureInfo.InvariantCulture, $"        (GateFeature.{feature}, {policy.Weights[(int)feature]:0.000}),\n");
        }

        text.Append("    ];\n}\n");
        return text.ToString();
    }
}
