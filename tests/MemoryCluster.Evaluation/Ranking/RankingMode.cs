using System.Diagnostics;
using System.Globalization;
using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Embedders;
using MemoryCluster.Evaluation.Sets;
using MemoryCluster.Evaluation.Yardsticks;

namespace MemoryCluster.Evaluation.Ranking;

/// <summary>Learns the weights by which recall ranks, measures them on questions that they were not learned on, and writes them down.</summary>
internal static class RankingMode
{
    private const int Folds = 5;
    private const int Seed = 7;
    private const double Penalty = 30;

    // A hundred questions of MuSiQue beside 759 of LoCoMo: each counts twice, so that two hops are not outvoted by chats.
    private const double MusiqueImportance = 2;

    public static void Run(string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        var data = new DataFolder(Arguments.Required(arguments, "--data"));
        var sets = new RankingData(data).Read();
        var embedder = new StaticEmbedder();
        var potion = TextModel.Of(Potion.Read(data.PathOf(EmbedderEvaluation.PotionFile)));
        var asked = new List<Asked>();
        foreach (var (number, set) in sets.Index())
        {
            var shard = new RankingShard(set, embedder);
            var yardstick = RetrievalMeasure.Of(potion, set.ForRetrieval(), RankFusion.VectorWeight);
            asked.AddRange(set.Questions.Select((question, i) =>
                new Asked(shard, question, shard.Ask(set, question), yardstick[i].Fused, set.Name == RankingData.Locomo ? number : -1)));
        }

        var folds = new Random(Seed);
        int[] fold = [.. asked.Select(_ => folds.Next(Folds))];
        int[] byChat = [.. asked.Select((question, i) => question.Chat >= 0 ? question.Chat : fold[i])];
        var all = Fit(asked.Select(question => question.Sample));
        Console.WriteLine($"{asked.Count} questions, {asked.Average(question => question.Sample.Features.Length):F0} candidates each, {watch.Elapsed.TotalSeconds:F1} s");
        Print("candidates", asked, question => question.Sample.Ceiling);
        Print("BM25 alone", asked, question => question.Shard.RecallOf(question.Question, RecallChannels.Lexical));
        Print("vectors alone", asked, question => question.Shard.RecallOf(question.Question, RecallChannels.Vector));
        Print("potion and BM25", asked, question => question.Potion);
        Print("as shipped", asked, question => question.Shard.RecallOf(question.Question, RecallChannels.All));
        Print("by questions", asked, CrossValidated(asked, fold));
        Print("by chats", asked, CrossValidated(asked, byChat));
        Print("not held out", asked, question => question.Sample.RecallBy(all));
        var best = asked.Average(question => question.Sample.Features.Max(features => SoftmaxRegression.Score(all, features)));
        if (Arguments.Optional(arguments, "--out") is { } path)
        {
            File.WriteAllText(path, WeightsFile.Of(all, best, asked.Count));
        }
    }

    private static double[] Fit(IEnumerable<RankingSample> samples) =>
        SoftmaxRegression.Fit([.. samples], sample => sample.Set == "MuSiQue" ? MusiqueImportance : 1, Penalty);

    private static Func<Asked, double> CrossValidated(List<Asked> asked, int[] fold)
    {
        var recall = new Dictionary<Asked, double>(ReferenceEqualityComparer.Instance);
        for (var held = 0; held < Folds; held++)
        {
            var weights = Fit(asked.Where((_, i) => fold[i] != held).Select(question => question.Sample));
            foreach (var question in asked.Where((_, i) => fold[i] == held))
            {
                recall[question] = question.Sample.RecallBy(weights);
            }
        }

        return question => recall[question];
    }

    private static void Print(string name, List<Asked> asked, Func<Asked, double> recall)
    {
        var values = asked.Select(question => (question.Sample.Set, question.Sample.Category, Recall: recall(question))).ToList();
        var bySet = values.GroupBy(value => value.Set).Select(set => $"{set.Key} {Estimate.OfMean([.. set.Select(value => value.Recall)])}");
        var byCategory = values.Where(value => value.Category.Length > 0).GroupBy(value => value.Category).OrderBy(category => category.Key, StringComparer.Ordinal)
            .Select(category => category.Average(value => value.Recall).ToString("0.000", CultureInfo.InvariantCulture));
        Console.WriteLine($"{name,-15} {string.Join("  ", bySet)}  categories {string.Join(" ", byCategory)}");
    }

    private sealed record Asked(RankingShard Shard, RankingQuestion Question, RankingSample Sample, double Potion, int Chat);
}
