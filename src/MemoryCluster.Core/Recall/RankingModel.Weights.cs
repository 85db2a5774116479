namespace MemoryCluster.Recall;

/// <content>
/// The weights that ship, learned on all 1109 questions of the public halves of LoCoMo, HotpotQA and MuSiQue together. Written by
/// <c>dotnet run -c Release --project tests/MemoryCluster.Evaluation -- ranking --data DATA --out THIS</c>; what they reach on questions
/// that they were not learned on stands in docs/results.md.
/// </content>
internal static partial class RankingModel
{
    // So that the best hit of an ordinary question scores about 1. It moves no order.
    private const double Offset = 11.18;

    private static double WeightOf(Feature feature) => feature switch
    {
        Feature.Words => 1.83,
        Feature.Rarest => 3.01,
        Feature.Titled => 1.56,
        Feature.Question => -0.83,
        Feature.Names => 0.40,
        Feature.Meaning => 4.68,
        Feature.Beside => 15.18,
        Feature.Session => 1.92,
        Feature.Linked => 1.53,
        Feature.LinkedByTitle => 2.62,
        Feature.Bridged => 19.86,
        Feature.Occurred => 5.35,
        Feature.Told => 0.97,
        Feature.AnswersWhen => 2.08,
        Feature.TurnWords => 5.46,
        Feature.TurnRarest => -1.26,
        Feature.End => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(feature), feature, "A new feature needs a weight: train anew."),
    };
}
