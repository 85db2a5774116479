using System.Diagnostics;
using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Sets;
using MemoryCluster.Index;
using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Evaluation.Precision;

/// <summary>
/// What holding vectors in fewer bits saves and costs: memory of the process a vector, before they fade and after; the nearest of real texts against
/// those by vectors in full; the evidence found; the time of a search, of a fading and of a return.
/// </summary>
internal static class PrecisionMode
{
    private const int K = 10;
    private const int Resident = 40_000;
    private const int WarmUp = 2_000;
    private const int Timed = 200;

    // As a shard's upkeep does it.
    private const int Slice = 64;

    private static readonly (string Name, Func<int, int> BitsOf)[] Mixtures =
    [
        ("32 bits", _ => 32), ("8 bits", _ => 8), ("4 bits", _ => 4), ("2 bits", _ => 2),

        // A shard of which a quarter each is active, warm, cold and archived.
        ("32, 8, 4 and 2, a quarter each", i => TieredVectorIndex.Precisions[i % 4]),
    ];

    public static void Run(string[] args)
    {
        var data = new DataFolder(Arguments.Required(args, "--data"));
        var embedder = new StaticEmbedder();
        var sets = new[] { data.Hotpot(), data.HotpotTraining(), data.Musique() };
        // First, while the process has nothing else in memory that comes and goes.
        Console.WriteLine($"{Resident:N0} vectors of {embedder.Model.Dimensions} components (passages of HotpotQA and MuSiQue, repeated with a little noise):");
        Console.WriteLine("| faded to | bytes a vector: of the process before | after | search before, us | after | fading, us a vector | return, us |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var vectors = Many(Embed(embedder, [.. sets[0].Passages, .. sets[2].Passages]));
        var asked = Embed(embedder, [.. sets[0].Questions.Take(Timed).Select(question => question.Text)]);
        Memory("", Mixtures[^1].BitsOf, vectors[..WarmUp], asked);
        foreach (var (name, bitsOf) in Mixtures.Skip(1))
        {
            Console.WriteLine(Memory(name, bitsOf, vectors, asked));
        }

        Console.WriteLine();
        Console.WriteLine($"recall@{K} is of the ten nearest by vectors in full; evidence@{K} is the share of a question's evidence among the first ten.");
        Console.WriteLine("| set | vectors | recall@10 | evidence@10 | error of a score: mean | root of mean square |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var set in sets)
        {
            Nearest(set.Name, Embed(embedder, set.Passages), Embed(embedder, [.. set.Questions.Select(question => question.Text)]), set.Questions);
        }

        var (rows, queries) = Halves(data);
        Nearest("embeddings of 1,024 components", rows, queries, null);
    }

    private static void Nearest(string set, float[][] rows, float[][] queries, IReadOnlyList<Question>? questions)
    {
        var full = new FlatVectorIndex(rows[0].Length);
        foreach (var (ordinal, row) in rows.Index())
        {
            full.Add(ordinal, row);
        }

        foreach (var (name, bitsOf) in Mixtures)
        {
            var index = new TieredVectorIndex(rows[0].Length, 1);
            foreach (var (ordinal, row) in rows.Index())
            {
                index.Add(ordinal, row, bitsOf(ordinal));
            }

            var (found, evidence, errors) = (0.0, 0.0, new List<double>());
            var (hits, expected) = (new ScoredOrdinal[K], new ScoredOrdinal[K]);
            foreach (var (i, query) in queries.Index())
            {
                index.Search(query, hits, default(AcceptAll));
                full.Search(query, expected, default(AcceptAll));
                found += hits.Select(hit => hit.Ordinal).Intersect(expected.Select(hit => hit.Ordinal)).Count();
                evidence += questions?[i].Gold is { } gold ? (double)hits.Count(hit => gold.Contains(hit.Ordinal)) / gold.Count : 0;
                errors.AddRange(expected.Select(hit => (double)index.Score(query, hit.Ordinal) - hit.Score));
            }

            Console.WriteLine(
                $"| {set}, {rows.Length:N0} | {name} | {found / (K * queries.Length):F3} "
                + $"| {(questions is null ? "" : (evidence / queries.Length).ToString("F3"))} "
                + $"| {errors.Average():F4} | {Math.Sqrt(errors.Average(error => error * error)):F4} |");
        }
    }

    private static string Memory(string name, Func<int, int> bitsOf, float[][] vectors, float[][] queries)
    {
        var none = ResidentBytes();
        var index = new TieredVectorIndex(vectors[0].Length, 1);
        foreach (var (ordinal, vector) in vectors.Index())
        {
            index.Add(ordinal, vector);
        }

        var before = ResidentBytes() - none;
        var searchBefore = SearchMicros(index, queries);
        var fading = MicrosEach(vectors.Length, i =>
        {
            Hold(index, vectors, i, bitsOf(i));
            if (i % Slice == Slice - 1)
            {
                index.Trim(Slice);
            }
        });
        var after = ResidentBytes() - none;
        var searchAfter = SearchMicros(index, queries);
        var back = MicrosEach(1_000, i => Hold(index, vectors, i, TieredVectorIndex.FullBits));

        // So that the next one begins with as little.
        for (var ordinal = 0; ordinal < vectors.Length; ordinal++)
        {
            index.Remove(ordinal);
        }

        index.Trim(0);
        return $"| {name} | {before / vectors.Length:N0} | {after / vectors.Length:N0} | {searchBefore:N0} | {searchAfter:N0} | {fading:F0} | {back:F0} |";
    }

    private static void Hold(TieredVectorIndex index, float[][] vectors, int ordinal, int bits)
    {
        if (index.BitsOf(ordinal) != bits)
        {
            index.Remove(ordinal);
            index.Add(ordinal, vectors[ordinal], bits);
        }
    }

    private static double SearchMicros(TieredVectorIndex index, float[][] queries)
    {
        // As many as a shard asks for.
        var hits = new ScoredOrdinal[100];
        return Enumerable.Range(0, 5).Select(_ => MicrosEach(queries.Length, i => index.Search(queries[i], hits, default(AcceptAll)))).Min();
    }

    private static double MicrosEach(int count, Action<int> act)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            act(i);
        }

        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / count;
    }

    // What the process has in memory, its garbage collected first.
    private static long ResidentBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1]) * Environment.SystemPageSize;
    }

    private static float[][] Embed(StaticEmbedder embedder, IReadOnlyList<string> texts)
    {
        var vectors = new float[texts.Count][];
        Parallel.For(0, vectors.Length, i => vectors[i] = embedder.Embed(texts[i]).Values.ToArray());
        return vectors;
    }

    private static float[][] Many(float[][] vectors)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Resident).Select(i =>
        {
            float[] noisy = [.. vectors[i % vectors.Length].Select(component => component + ((random.NextSingle() - 0.5f) * 0.02f))];
            UnitVector.TryNormalize(noisy);
            return noisy;
        })];
    }

    // The last fifth asks for the others.
    private static (float[][] Rows, float[][] Queries) Halves(DataFolder data)
    {
        const int Dimensions = 1_024;
        var bytes = File.ReadAllBytes(data.PathOf("embeddings_1024/vectors.f16"));
        var all = bytes.Chunk(2 * Dimensions).Select(row =>
        {
            float[] vector = [.. row.Chunk(2).Select(half => (float)BitConverter.ToHalf(half))];
            UnitVector.TryNormalize(vector);
            return vector;
        }).ToArray();
        return (all[..(all.Length * 4 / 5)], all[(all.Length * 4 / 5)..]);
    }
}
