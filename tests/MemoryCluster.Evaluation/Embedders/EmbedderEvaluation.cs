using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Sets;
using MemoryCluster.Evaluation.Yardsticks;

namespace MemoryCluster.Evaluation.Embedders;

/// <summary><c>embedder --data FOLDER</c>: the built-in model beside potion-base-2M and the hashed embedder, on what none of ours was trained on.</summary>
internal static class EmbedderEvaluation
{
    public const string PotionFile = "model_potion2m/potion-base-2M.int8.gge1.bin";

    public static void Run(string[] arguments)
    {
        var data = new DataFolder(Arguments.Required(arguments, "--data"));
        var (hashed, builtIn) = (new HashedEmbedder(), new StaticEmbedder());
        TextModel[] models =
        [
            TextModel.Of(Potion.Read(data.PathOf(PotionFile))), TextModel.Of(hashed.Model, hashed.Embed), TextModel.Of(builtIn.Model, builtIn.Embed),
        ];
        PrintSimilarity(models, data.Similarity());
        PrintRetrieval(models, data.Locomo());
        PrintRetrieval(models, [data.Hotpot()]);
    }

    private static void PrintSimilarity(TextModel[] models, IReadOnlyList<SimilarityFile> files)
    {
        var measures = models.Select(model => files.Select(file => SimilarityMeasure.Of(model, file)).ToArray()).ToArray();
        Header("Similarity, Spearman", models.Select(model => model.Name));
        for (var file = 0; file < files.Count; file++)
        {
            Row($"{files[file].Name}, {files[file].Pairs.Count}", measures.Select(own => $"{own[file].Spearman():0.000}"));
        }

        Row("mean of all files", measures.Select(own => $"{SimilarityMeasure.Mean(own)}"));
        Row("mean of the test files", measures.Select(own => $"{SimilarityMeasure.Mean([.. own.Where((_, file) => !files[file].IsTraining)])}"));
        Row("all files, less the first model", measures.Select(own => $"{SimilarityMeasure.Difference(own, measures[0])}"));
        Console.WriteLine();
    }

    private static void PrintRetrieval(TextModel[] models, IReadOnlyList<RetrievalSet> sets)
    {
        var measures = models
            .Select(model => sets.SelectMany(set => RetrievalMeasure.Of(model, set, RankFusion.VectorWeight)).ToArray())
            .ToArray();
        Header($"{sets[0].Name}, {measures[0].Length} questions, recall@10", models.Select(model => model.Name));
        Row("vectors alone", measures.Select(own => Mean(own, question => question.Vectors)));
        Row("less the first model", measures.Select(own => Difference(own, measures[0], question => question.Vectors)));
        Row("BM25 alone", measures.Select(own => Mean(own, question => question.Lexical)));
        Row("fused", measures.Select(own => Mean(own, question => question.Fused)));
        Row("fused less BM25", measures.Select(own => Mean(own, question => question.Fused - question.Lexical)));
        Console.WriteLine();
    }

    private static string Mean(RetrievalMeasure[] questions, Func<RetrievalMeasure, double> value) =>
        $"{Estimate.OfMean([.. questions.Select(value)])}";

    private static string Difference(RetrievalMeasure[] one, RetrievalMeasure[] other, Func<RetrievalMeasure, double> value) =>
        $"{Estimate.OfMean([.. one.Zip(other, (left, right) => value(left) - value(right))])}";

    private static void Header(string title, IEnumerable<string> names)
    {
        Row(title, names);
        Row("---", names.Select(_ => "---:"));
    }

    private static void Row(string title, IEnumerable<string> cells) => Console.WriteLine($"| {title} | {string.Join(" | ", cells)} |");
}
