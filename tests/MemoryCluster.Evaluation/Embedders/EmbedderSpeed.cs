using System.Diagnostics;
using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Embedders;

/// <summary><c>embedder-speed --data FOLDER</c>: how long the model loads, and how many texts a second it embeds.</summary>
internal static class EmbedderSpeed
{
    private const int Rounds = 5;

    // Long enough for the compiler to have settled before the first round ends, which is not counted.
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    public static void Run(string[] arguments)
    {
        // First, while nothing of it is in memory or compiled.
        var started = Stopwatch.GetTimestamp();
        var embedder = new StaticEmbedder();
        Console.WriteLine($"load {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms, file {StaticEmbedder.BuiltInBytes().Length:N0} bytes");

        var data = new DataFolder(Arguments.Required(arguments, "--data"));
        Measure("LoCoMo turns", embedder, [.. data.Locomo().SelectMany(set => set.Passages)]);
        Measure("HotpotQA passages", embedder, data.Hotpot().Passages);
        Measure("similarity sentences", embedder, [.. data.Similarity().SelectMany(file => file.Pairs).Select(pair => pair.Left)]);
    }

    private static void Measure(string name, StaticEmbedder embedder, IReadOnlyList<string> texts)
    {
        var rounds = Enumerable.Range(0, Rounds + 1).Select(_ => Rates(embedder, texts)).Skip(1).ToArray();
        Console.WriteLine(
            $"{name}: {texts.Count:N0} texts of {texts.Average(text => text.Length):0} characters, {Environment.ProcessorCount} threads: "
            + $"{Median(rounds.Select(round => round.Clock))} texts/s, {Median(rounds.Select(round => round.Processor))} texts a processor-second");
    }

    private static string Median(IEnumerable<double> rates)
    {
        double[] ordered = [.. rates.Order()];
        return $"{ordered[ordered.Length / 2]:N0} [{ordered[0]:N0}, {ordered[^1]:N0}]";
    }

    // By the processor's time too: by the clock, a machine that is shared measures its other users.
    private static (double Clock, double Processor) Rates(StaticEmbedder embedder, IReadOnlyList<string> texts)
    {
        var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        long embedded = 0;
        while (Stopwatch.GetElapsedTime(started) < Round)
        {
            Parallel.For(0, texts.Count, i => embedder.Embed(texts[i]));
            embedded += texts.Count;
        }

        return (embedded / Stopwatch.GetElapsedTime(started).TotalSeconds, embedded / (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }
}
