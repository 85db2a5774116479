using System.Globalization;
using System.Text;
using MemoryCluster.Recall;

namespace MemoryCluster.Evaluation.Ranking;

/// <summary>The source file in which the weights ship.</summary>
internal static class WeightsFile
{
    public static string Of(double[] weights, double offset, int questions)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            namespace MemoryCluster.Recall;

            /// <content>
            /// The weights that ship, learned on all {{questions}} questions of the public halves of LoCoMo, HotpotQA and MuSiQue together. Written by
            /// <c>dotnet run -c Release --project tests/MemoryCluster.Evaluation -- ranking --data DATA --out THIS</c>; what they reach on questions
            /// that they were not learned on stands in docs/results.md.
            /// </content>
            internal static partial class RankingModel
            {
                // So that the best hit of an ordinary question scores about 1. It moves no order.
                private const double Offset = {{offset:0.00}};

                private static double WeightOf(Feature feature) => feature switch
                {

            """);
        foreach (var feature in Enum.GetValues<Feature>().Where(feature => feature != Feature.End))
        {
            text.Append(CultureInfo.InvariantCulture, $"        Feature.{feature} => {weights[(int)feature]:0.00},\n");
        }

        text.Append("""
                    Feature.End => 0,
                    _ => throw new ArgumentOutOfRangeException(nameof(feature), feature, "A new feature needs a weight: train anew."),
                };
            }

            """);
        return text.ToString();
    }
}
