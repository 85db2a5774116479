namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>An index that has been built and can be asked all queries of the data, on one thread.</summary>
internal interface IGraphContender
{
    string Name { get; }

    /// <summary>CPU seconds of building.</summary>
    double BuildSeconds { get; }

    /// <summary>Anonymous resident memory that building took, a vector.</summary>
    double BytesPerVector { get; }

    GraphRound Search(int width);

    /// <summary>Of ids that the divisor divides; null where there is no such search.</summary>
    GraphRound? SearchFiltered(int width, int divisor);
}
