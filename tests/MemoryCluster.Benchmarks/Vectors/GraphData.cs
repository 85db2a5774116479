using System.Runtime.InteropServices;
using MemoryCluster.Index;
using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>Vectors, queries and the exact answers to them, in memory and in files for the programs of other libraries.</summary>
internal sealed class GraphData
{
    public const int K = 10;
    public const int Divisor = 100;
    private const string LastWritten = "filtered.i32";

    public required string Folder { get; init; }

    public required int Dimensions { get; init; }

    public required float[] Base { get; init; }

    public required float[] Queries { get; init; }

    public required int[] Truth { get; init; }

    public required int[] Filtered { get; init; }

    public int Rows => Base.Length / Dimensions;

    public int Asked => Queries.Length / Dimensions;

    public ReadOnlySpan<float> Row(int row) => Base.AsSpan(row * Dimensions, Dimensions);

    public ReadOnlySpan<float> Query(int query) => Queries.AsSpan(query * Dimensions, Dimensions);

    public static GraphData OfMixture(string folder, int rows, int asked, int dimensions)
    {
        var mixture = new HardMixture(dimensions, 1);
        var random = new Random(2);
        return Prepare(folder, dimensions, Next(rows), Next(asked));

        float[] Next(int count)
        {
            var vectors = new float[count * dimensions];
            for (var row = 0; row < count; row++)
            {
                mixture.Next(random, vectors.AsSpan(row * dimensions, dimensions));
            }

            return vectors;
        }
    }

    /// <summary>What an earlier run left in the folder; null where it left nothing.</summary>
    public static GraphData? TryRead(string folder, int dimensions) => !File.Exists(Path.Combine(folder, LastWritten))
        ? null
        : new GraphData
        {
            Folder = folder, Dimensions = dimensions, Base = Read<float>(folder, "base.f32"), Queries = Read<float>(folder, "queries.f32"),
            Truth = Read<int>(folder, "truth.i32"), Filtered = Read<int>(folder, LastWritten),
        };

    /// <summary>Half floats row by row; every twentieth row is a query instead.</summary>
    public static GraphData OfHalfFloats(string folder, string path, int dimensions)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(File.ReadAllBytes(path));
        var kept = new List<float>[] { [], [] };
        for (var row = 0; row < halves.Length / dimensions; row++)
        {
            foreach (var component in halves.Slice(row * dimensions, dimensions))
            {
                kept[row % 20 == 0 ? 1 : 0].Add((float)component);
            }
        }

        return Prepare(folder, dimensions, [.. kept[0]], [.. kept[1]]);
    }

    private static GraphData Prepare(string folder, int dimensions, float[] rows, float[] queries)
    {
        var oracle = new FlatVectorIndex(dimensions);
        for (var row = 0; row < rows.Length / dimensions; row++)
        {
            oracle.Add(row, rows.AsSpan(row * dimensions, dimensions));
        }

        var data = new GraphData
        {
            Folder = folder, Dimensions = dimensions, Base = rows, Queries = queries,
            Truth = Nearest(oracle, queries, default(AcceptAll)), Filtered = Nearest(oracle, queries, new Every(Divisor)),
        };
        Write(folder, "base.f32", data.Base);
        Write(folder, "queries.f32", data.Queries);
        Write(folder, "truth.i32", data.Truth);
        Write(folder, LastWritten, data.Filtered);
        return data;
    }

    private static int[] Nearest<TFilter>(FlatVectorIndex oracle, float[] queries, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var nearest = new int[queries.Length / oracle.Dimensions * K];
        Array.Fill(nearest, -2);
        var hits = new ScoredOrdinal[K];
        for (var query = 0; query < nearest.Length / K; query++)
        {
            var found = oracle.Search(queries.AsSpan(query * oracle.Dimensions, oracle.Dimensions), hits, filter);
            for (var i = 0; i < found; i++)
            {
                nearest[(query * K) + i] = hits[i].Ordinal;
            }
        }

        return nearest;
    }

    private static void Write<T>(string folder, string name, T[] values)
        where T : unmanaged
    {
        using var file = File.Create(Path.Combine(folder, name));
        const int Part = 1 << 20;
        for (var start = 0; start < values.Length; start += Part)
        {
            file.Write(MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(Part, values.Length - start))));
        }
    }

    private static T[] Read<T>(string folder, string name)
        where T : unmanaged
    {
        using var file = File.OpenRead(Path.Combine(folder, name));
        var values = new T[file.Length / Marshal.SizeOf<T>()];
        const int Part = 1 << 20;
        for (var start = 0; start < values.Length; start += Part)
        {
            file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(Part, values.Length - start))));
        }

        return values;
    }

    /// <summary>Ordinals that a number divides.</summary>
    public readonly struct Every(int divisor) : IOrdinalFilter
    {
        public bool Accepts(int ordinal) => ordinal % divisor == 0;
    }
}
