using System.Security.Cryptography;
using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Embedders;
using MemoryCluster.Evaluation.Sets;
using MemoryCluster.Evaluation.Yardsticks;

namespace MemoryCluster.Evaluation.Training;

/// <summary><c>train --data FOLDER --out FILE</c>: the built-in model anew. The same data gives the same file.</summary>
internal static class TrainMode
{
    public static void Run(string[] arguments)
    {
        var (data, target) = (new DataFolder(Arguments.Required(arguments, "--data")), Arguments.Required(arguments, "--out"));
        var pairs = TrainingPairs.Read(data);
        foreach (var source in pairs.CountBy(pair => pair.Source))
        {
            Console.WriteLine($"{source.Key}: {source.Value:N0} pairs");
        }

        var parts = ModelTraining.Run(Potion.Read(data.PathOf(EmbedderEvaluation.PotionFile)), pairs, new TrainingSettings(), Console.WriteLine);
        var file = StaticModelFile.Write(parts);
        File.WriteAllBytes(target, file);
        Console.WriteLine($"{target}: {parts.Tokens.Length:N0} tokens, {file.Length:N0} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(file))}");
    }
}
