using System.Globalization;
using MemoryCluster.Index;
using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>Where a walk overtakes a scan, with the hits and the width that a shard asks for; one thread, its CPU time, alternating rounds.</summary>
internal static class SwitchBenchmark
{
    private const int Dimensions = 384;
    private const int Queries = 200;
    private const int Rounds = 5;

    // A shard asks each channel for a hundred, and the adaptive index walks twice that.
    private const int K = 100;
    private const int Width = 200;

    public static void Run()
    {
        var mixture = new HardMixture(Dimensions, 1);
        var random = new Random(2);
        var scan = new ScanVectorIndex(Dimensions);
        var graph = new HnswVectorIndex(Dimensions, 1) { SearchWidth = Width };
        var queries = Enumerable.Range(0, Queries).Select(_ => Next(mixture, random)).ToArray();
        Print($"{"vectors",8} {"scan us",9} {"walk us",9} {"walk finds",11} {"scan: add us",13} {"walk: add us",13}");
        foreach (var size in new[] { 4_096, 8_192, 16_384, 32_768, 65_536 })
        {
            var added = size - scan.Count;
            var vectors = Enumerable.Range(0, added).Select(_ => Next(mixture, random)).ToArray();
            var first = scan.Count;
            var scanAdd = Seconds(() => AddAll(scan, vectors, first)) / added;
            var walkAdd = Seconds(() => AddAll(graph, vectors, first)) / added;
            var (scans, walks) = (new List<double>(), new List<double>());
            for (var round = -1; round < Rounds; round++)
            {
                var (scanned, walked) = (Seconds(() => AskAll(scan, queries)), Seconds(() => AskAll(graph, queries)));
                if (round >= 0)
                {
                    scans.Add(scanned / Queries);
                    walks.Add(walked / Queries);
                }
            }

            Print($"{size,8} {Median(scans) * 1e6,9:F0} {Median(walks) * 1e6,9:F0} {Share(scan, graph, queries),11:F4} {scanAdd * 1e6,13:F1} {walkAdd * 1e6,13:F1}");
        }
    }

    private static float[] Next(HardMixture mixture, Random random)
    {
        var vector = new float[Dimensions];
        mixture.Next(random, vector);
        return vector;
    }

    private static void AddAll(RowVectorIndex index, float[][] vectors, int first)
    {
        for (var i = 0; i < vectors.Length; i++)
        {
            index.Add(first + i, vectors[i]);
        }
    }

    private static void AskAll(RowVectorIndex index, float[][] queries)
    {
        var hits = new ScoredOrdinal[K];
        foreach (var query in queries)
        {
            index.Search(query, hits, default(AcceptAll));
        }
    }

    // Of what the scan finds.
    private static double Share(ScanVectorIndex scan, HnswVectorIndex graph, float[][] queries)
    {
        var found = 0;
        var (expected, hits) = (new ScoredOrdinal[K], new ScoredOrdinal[K]);
        foreach (var query in queries)
        {
            scan.Search(query, expected, default(AcceptAll));
            graph.Search(query, hits, default(AcceptAll));
            found += hits.Intersect(expected).Count();
        }

        return found / (double)(Queries * K);
    }

    private static double Seconds(Action run)
    {
        var startedAt = ThreadClock.Seconds;
        run();
        return ThreadClock.Seconds - startedAt;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
