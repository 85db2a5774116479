using System.Globalization;
using MemoryCluster.Index;
using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>Our graph, asked like the others.</summary>
internal sealed class OwnGraph : IGraphContender, IDisposable
{
    private readonly GraphData _data;
    private readonly HnswVectorIndex _index;

    public OwnGraph(GraphData data)
    {
        _data = data;
        var before = AnonymousBytes();
        var startedAt = ThreadClock.Seconds;
        _index = new HnswVectorIndex(
            data.Dimensions,
            1,
            File.OpenHandle(
                Path.Combine(data.Folder, "rows"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose));
        for (var row = 0; row < data.Rows; row++)
        {
            _index.Add(row, data.Row(row));
        }

        BuildSeconds = ThreadClock.Seconds - startedAt;
        BytesPerVector = (AnonymousBytes() - before) / data.Rows;
    }

    public string Name => "ours";

    public double BuildSeconds { get; }

    public double BytesPerVector { get; }

    public GraphRound Search(int width)
    {
        _index.SearchWidth = width;
        return Pass(_data.Truth, default(AcceptAll));
    }

    public GraphRound? SearchFiltered(int width, int divisor)
    {
        _index.SearchWidth = width;
        return Pass(_data.Filtered, new GraphData.Every(divisor));
    }

    private GraphRound Pass<TFilter>(int[] expected, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var hits = new ScoredOrdinal[_data.Asked * GraphData.K];
        var startedAt = ThreadClock.Seconds;
        for (var query = 0; query < _data.Asked; query++)
        {
            _index.Search(_data.Query(query), hits.AsSpan(query * GraphData.K, GraphData.K), filter);
        }

        var seconds = ThreadClock.Seconds - startedAt;
        var found = 0;
        for (var query = 0; query < _data.Asked; query++)
        {
            var share = hits.AsSpan(query * GraphData.K, GraphData.K);
            foreach (var hit in share)
            {
                found += expected.AsSpan(query * GraphData.K, GraphData.K).Contains(hit.Ordinal) ? 1 : 0;
            }
        }

        return new GraphRound(found / (double)(_data.Asked * GraphData.K), seconds);
    }

    private static double AnonymousBytes()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return double.Parse(line.AsSpan(8, line.Length - 10), CultureInfo.InvariantCulture) * 1024;
    }

    public void Dispose() => _index.Dispose();
}
