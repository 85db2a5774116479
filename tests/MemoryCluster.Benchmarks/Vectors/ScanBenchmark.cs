using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MemoryCluster.Index;
using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>The exact scan beside a plain read of the same bytes, and beside the scan in full precision; one thread, its CPU time, alternating rounds.</summary>
internal static class ScanBenchmark
{
    private const int Dimensions = 384;
    private const int Queries = 64;
    private const int K = 10;
    private const int Rounds = 11;

    public static void Run()
    {
        Measure(6_000);
        Measure(200_000);
    }

    private static void Measure(int rows)
    {
        var mixture = new HardMixture(Dimensions, 1);
        var random = new Random(2);
        var scan = new ScanVectorIndex(Dimensions);
        var oracle = new FlatVectorIndex(Dimensions);
        var vector = new float[Dimensions];
        for (var row = 0; row < rows; row++)
        {
            mixture.Next(random, vector);
            scan.Add(row, vector);
            oracle.Add(row, vector);
        }

        var queries = new float[Queries * Dimensions];
        for (var query = 0; query < Queries; query++)
        {
            mixture.Next(random, queries.AsSpan(query * Dimensions, Dimensions));
        }

        // As the codes lie: on large pages, begun on a cache line.
        var bytes = GC.AllocateUninitializedArray<byte>(rows * Dimensions, pinned: true);
        Advise(bytes);
        bytes.AsSpan().Fill(1);
        var hits = new ScoredOrdinal[Queries * K];
        var counts = new int[Queries];
        var cases = new (string Name, Action Run)[]
        {
            ("plain read of the codes", () => Repeat(() => Read(bytes))),
            ("scan of bytes, a query a pass", () => Each(query => scan.Search(query, hits.AsSpan(0, K), default(AcceptAll)), queries)),
            ("scan of bytes, four queries a pass", () => scan.SearchMany(queries, hits, counts, default(AcceptAll))),
            ("scan in full precision", () => Each(query => oracle.Search(query, hits.AsSpan(0, K), default(AcceptAll)), queries)),
        };
        var seconds = Array.ConvertAll(cases, _ => new List<double>());
        for (var round = -2; round < Rounds; round++)
        {
            for (var i = 0; i < cases.Length; i++)
            {
                var startedAt = ThreadClock.Seconds;
                cases[i].Run();
                if (round >= 0)
                {
                    seconds[i].Add((ThreadClock.Seconds - startedAt) / Queries);
                }
            }
        }

        Print($"{rows} x {Dimensions}, {Queries} queries, k {K}, median of {Rounds} rounds; recall@{K} {Recall(scan, oracle, queries):F4}");
        Print($"{"",-38} {"us/query",10} {"queries/s",10} {"GB/s",7} {"of the read",12}   lowest..highest queries/s");
        var read = Median(seconds[0]);
        for (var i = 0; i < cases.Length; i++)
        {
            var median = Median(seconds[i]);
            var read1 = (double)rows * Dimensions / median / 1e9;
            Print($"{cases[i].Name,-38} {median * 1e6,10:F1} {1 / median,10:F0} {read1,7:F1} {read / median,12:F2}   {1 / seconds[i].Max():F0}..{1 / seconds[i].Min():F0}");
        }
    }

    private static unsafe void Advise(byte[] pinned) =>
        HugePages.Advise((void*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0), pinned.Length);

    private static void Repeat(Func<long> read)
    {
        for (var i = 0; i < Queries; i++)
        {
            read();
        }
    }

    private static void Each(Func<float[], int> search, float[] queries)
    {
        var query = new float[Dimensions];
        for (var i = 0; i < Queries; i++)
        {
            queries.AsSpan(i * Dimensions, Dimensions).CopyTo(query);
            search(query);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Read(byte[] bytes)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(bytes);
        var sum0 = Vector512<byte>.Zero;
        var sum1 = Vector512<byte>.Zero;
        var sum2 = Vector512<byte>.Zero;
        var sum3 = Vector512<byte>.Zero;
        for (nuint i = 0; i + 256 <= (nuint)bytes.Length; i += 256)
        {
            sum0 += Vector512.LoadUnsafe(ref first, i);
            sum1 += Vector512.LoadUnsafe(ref first, i + 64);
            sum2 += Vector512.LoadUnsafe(ref first, i + 128);
            sum3 += Vector512.LoadUnsafe(ref first, i + 192);
        }

        return Vector512.Sum(sum0 + sum1 + sum2 + sum3);
    }

    private static double Recall(ScanVectorIndex scan, FlatVectorIndex oracle, float[] queries)
    {
        var found = 0;
        var hits = new ScoredOrdinal[K];
        var expected = new ScoredOrdinal[K];
        for (var i = 0; i < Queries; i++)
        {
            var query = queries.AsSpan(i * Dimensions, Dimensions);
            scan.Search(query, hits, default(AcceptAll));
            oracle.Search(query, expected, default(AcceptAll));
            found += hits.Intersect(expected).Count();
        }

        return found / (double)(Queries * K);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
