using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Embedders;
using MemoryCluster.Evaluation.Sets;
using MemoryCluster.Evaluation.Yardsticks;

namespace MemoryCluster.Evaluation.Training;

/// <summary>
/// <c>leave-one-out --data FOLDER [--settings NAME]</c>: each training set's questions, asked of a model that was trained without that set, for
/// settings one apart from those that ship, or for one of them. The measured sets take no part.
/// </summary>
internal static class LeaveOneOutMode
{
    private const int QuestionsMax = 400;
    private static readonly float[] VectorWeights = [0.05f, 0.1f, 0.2f, 0.3f, 0.5f];

    private static readonly (string Name, TrainingSettings Settings)[] Candidates =
    [
        ("as shipped", new()),
        ("not trained", new() { Epochs = 0 }),
        ("pull 0.02", new() { RowPull = 0.02f }),
        ("no whitening", new() { Whitening = 0 }),
        ("no discount", new() { ContextDiscount = 0 }),
        ("share 0.3", new() { SemanticShare = 0.3f }),
        ("share 0.4", new() { SemanticShare = 0.4f }),
        ("share 0.6", new() { SemanticShare = 0.6f }),
        ("share 1", new() { SemanticShare = 1 }),
    ];

    public static void Run(string[] arguments)
    {
        var data = new DataFolder(Arguments.Required(arguments, "--data"));
        var teacher = Potion.Read(data.PathOf(EmbedderEvaluation.PotionFile));
        var pairs = TrainingPairs.Read(data);
        (string Source, RetrievalSet Set)[] sets =
        [
            ("hotpot", data.HotpotTraining()), ("musique", data.Musique()), ("strategyqa", AsSet("strategyqa", pairs)),
            ("reme", AsSet("reme", pairs)), ("wiki-runs", AsSet("wiki-runs", pairs)),
        ];
        Console.WriteLine($"| settings | {string.Join(" | ", sets.Select(set => set.Source))} | mean | similarity | fused, vectors at {string.Join(", ", VectorWeights)} |");
        var only = Arguments.Optional(arguments, "--settings");
        foreach (var (name, settings) in Candidates.Where(candidate => only is null || candidate.Name == only))
        {
            var left = sets.Select(set => Measure(teacher, [.. pairs.Where(pair => pair.Source != set.Source)], settings, set.Set)).ToArray();
            var fused = VectorWeights.Select((_, i) => left.Average(set => set.Fused[i]));
            Console.WriteLine(
                $"| {name} | {string.Join(" | ", left.Select(set => $"{set.Vectors:0.000}"))} | {left.Average(set => set.Vectors):0.0000} "
                + $"| {Similarity(teacher, pairs, settings, data):0.000} | {string.Join(", ", fused.Select(recall => $"{recall:0.0000}"))} |");
        }
    }

    private static RetrievalSet AsSet(string source, IReadOnlyList<TextPair> pairs)
    {
        var passages = new PassageList();
        var gold = new OrderedDictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var pair in pairs.Where(pair => pair.Source == source))
        {
            gold.TryAdd(pair.Query, []);
            gold[pair.Query].Add(passages.Add(pair.Found));
        }

        var every = Math.Max(1, gold.Count / QuestionsMax);
        return new RetrievalSet(source, passages.All, [.. gold.Where((_, i) => i % every == 0).Select(query => new Question(query.Key, query.Value))]);
    }

    private static (double Vectors, double[] Fused) Measure(Potion teacher, TextPair[] pairs, TrainingSettings settings, RetrievalSet set)
    {
        var model = ModelOf(teacher, pairs, settings);
        var measures = VectorWeights.Select(weight => RetrievalMeasure.Of(model, set, weight)).ToArray();
        return (measures[0].Average(question => question.Vectors), [.. measures.Select(own => own.Average(question => question.Fused))]);
    }

    private static double Similarity(Potion teacher, IReadOnlyList<TextPair> pairs, TrainingSettings settings, DataFolder data)
    {
        var model = ModelOf(teacher, pairs, settings);
        return data.Similarity().Where(file => file.IsTraining).Average(file => SimilarityMeasure.Of(model, file).Spearman());
    }

    private static TextModel ModelOf(Potion teacher, IReadOnlyList<TextPair> pairs, TrainingSettings settings)
    {
        var embedder = new StaticEmbedder("candidate", new StaticModel(ModelTraining.Run(teacher, pairs, settings, _ => { })));
        return TextModel.Of(embedder.Model, embedder.Embed);
    }
}
