namespace MemoryCluster.Recall;

/// <summary>
/// How evidence is summed up: a log-linear model. A memory's relevance is e to the weighted sum of its features, times its learned
/// weight: what use has shown multiplies the odds that the texts give.
/// </summary>
internal static partial class RankingModel
{
    private static readonly Term[] Vector = TermsOf(Feature.Meaning);

    private static readonly Term[] Lexical =
        TermsOf(Feature.Words, Feature.TurnWords, Feature.Rarest, Feature.TurnRarest, Feature.Titled, Feature.Question, Feature.Names);

    private static readonly Term[] Graph =
        TermsOf(Feature.Beside, Feature.Session, Feature.Linked, Feature.LinkedByTitle, Feature.Bridged);

    private static readonly Term[] Temporal = TermsOf(Feature.Occurred, Feature.Told, Feature.AnswersWhen);

    /// <summary>Each channel's share of the weighted sum.</summary>
    public static ChannelScores Shares(ReadOnlySpan<float> features) => new()
    {
        Vector = Sum(Vector, features), Lexical = Sum(Lexical, features), Graph = Sum(Graph, features), Temporal = Sum(Temporal, features),
    };

    /// <summary>A memory's relevance times its learned weight.</summary>
    public static double Score(double weight, ChannelScores shares) =>
        weight * Math.Exp((double)shares.Vector + shares.Lexical + shares.Graph + shares.Temporal - Offset);

    private static float Sum(Term[] terms, ReadOnlySpan<float> features)
    {
        var sum = 0.0;
        foreach (var (feature, weight) in terms)
        {
            sum += weight * features[feature];
        }

        return (float)sum;
    }

    private static Term[] TermsOf(params Feature[] features) => Array.ConvertAll(features, feature => new Term((int)feature, WeightOf(feature)));

    private readonly record struct Term(int Feature, double Weight);
}
