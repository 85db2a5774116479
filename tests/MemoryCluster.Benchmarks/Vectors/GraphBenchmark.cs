using System.Globalization;

namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>Graph search at equal recall beside hnswlib and faiss, on the same vectors, in alternating rounds, by CPU time of one thread.</summary>
internal static class GraphBenchmark
{
    private const int Rounds = 5;
    private const int WidthMax = 4_096;
    private static readonly double[] Targets = [0.95, 0.99];

    public static void Run(GraphSettings settings)
    {
        var folder = settings.Kept is { } kept ? Directory.CreateDirectory(kept).FullName : Directory.CreateTempSubdirectory("memory-cluster-vectors-").FullName;
        var contenders = new List<IGraphContender>();
        try
        {
            var data = settings.Prepare(folder);
            Print($"{data.Rows} x {data.Dimensions}, {data.Asked} queries, k {GraphData.K}; M 16, efConstruction 200; CPU time of one thread");
            contenders.Add(new OwnGraph(data));
            contenders.AddRange(new[]
            {
                PeerProcess.TryStart("hnswlib", "hnswlib_peer.cpp", "", data),
                settings.WithFaiss ? PeerProcess.TryStart("faiss", "faiss_peer.cpp", FaissFlags(settings.FaissFolder), data) : null,
            }.OfType<IGraphContender>());
            Print($"{"",-10} {"build s",8} {"bytes/vector",13}");
            foreach (var contender in contenders)
            {
                Print($"{contender.Name,-10} {contender.BuildSeconds,8:F1} {contender.BytesPerVector,13:F0}");
            }

            if (settings.Waits)
            {
                Console.WriteLine("built; a line begins the measurement");
                Console.ReadLine();
            }

            foreach (var target in Targets)
            {
                Print($"recall@{GraphData.K} >= {target}");
                Compare(contenders, data.Asked, target, (contender, width) => contender.Search(width));
            }

            Print($"one id in {GraphData.Divisor} accepted, recall@{GraphData.K} >= {Targets[0]}");
            Compare(contenders, data.Asked, Targets[0], (contender, width) => contender.SearchFiltered(width, GraphData.Divisor));
        }
        finally
        {
            contenders.ForEach(contender => (contender as IDisposable)?.Dispose());
            if (settings.Kept is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static string FaissFlags(string? folder) =>
        (folder is null ? "" : $"-I{folder} -L{folder}/build/faiss ") + "-lfaiss -fopenmp -lblas -llapack";

    private static void Compare(List<IGraphContender> contenders, int asked, double target, Func<IGraphContender, int, GraphRound?> search)
    {
        var widths = contenders.ToDictionary(contender => contender, contender => WidthFor(target, width => search(contender, width)?.Recall));
        var rounds = contenders.ToDictionary(contender => contender, _ => new List<GraphRound>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contender in contenders.Where(contender => widths[contender] > 0))
            {
                rounds[contender].Add(search(contender, widths[contender])!.Value);
            }
        }

        var best = contenders.Skip(1).Where(contender => widths[contender] > 0).Select(contender => MedianRate(rounds[contender], asked)).DefaultIfEmpty(double.NaN).Max();
        foreach (var contender in contenders.Where(contender => widths[contender] > 0))
        {
            var rates = rounds[contender].Select(round => asked / round.Seconds).Order().ToArray();
            var median = MedianRate(rounds[contender], asked);
            Print($"{contender.Name,-10} width {widths[contender],5}  recall {rounds[contender][0].Recall:F4}  {median,9:F0} queries/CPU s [{rates[0]:F0}, {rates[^1]:F0}]  {median / best,6:F2} x the faster of the others");
        }

        foreach (var contender in contenders.Where(contender => widths[contender] == 0))
        {
            Print($"{contender.Name,-10} does not reach it, or has no such search");
        }
    }

    private static double MedianRate(List<GraphRound> rounds, int asked) => asked / rounds.Select(round => round.Seconds).Order().ElementAt(rounds.Count / 2);

    // The narrowest width that reaches the recall, found by halving: wider finds more.
    private static int WidthFor(double target, Func<int, double?> recall)
    {
        var (tooNarrow, enough) = (GraphData.K - 1, GraphData.K);
        while (recall(enough) is { } found && found < target)
        {
            (tooNarrow, enough) = (enough, 2 * enough);
            if (enough > WidthMax)
            {
                return 0;
            }
        }

        if (recall(enough) is null)
        {
            return 0;
        }

        while (enough - tooNarrow > Math.Max(1, enough / 50))
        {
            var middle = (tooNarrow + enough) / 2;
            (tooNarrow, enough) = recall(middle) >= target ? (tooNarrow, middle) : (middle, enough);
        }

        return enough;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
