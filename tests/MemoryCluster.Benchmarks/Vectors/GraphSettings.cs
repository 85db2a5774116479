using System.Globalization;

namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>Which vectors, which other libraries, and what is kept between runs.</summary>
internal sealed record GraphSettings
{
    private const int MixtureDimensions = 384;
    private const int Queries = 1_000;

    /// <summary>How many vectors of the mixture; null where a file is given.</summary>
    public int? Rows { get; init; }

    /// <summary>A file of half floats, row by row.</summary>
    public string? File { get; init; }

    public int Dimensions { get; init; } = MixtureDimensions;

    /// <summary>faiss takes minutes to build at 100,000 vectors.</summary>
    public bool WithFaiss { get; init; } = true;

    /// <summary>Where a faiss built for this processor lies, with faiss/ and build/faiss/ in it; the system's where none is named.</summary>
    public string? FaissFolder { get; init; }

    /// <summary>Where vectors, truth and other libraries' graphs stay for the next run; a folder of this run's own where none is named.</summary>
    public string? Kept { get; init; }

    /// <summary>Whether to wait for a line on the console between building and asking: for a machine that is quiet by then.</summary>
    public bool Waits { get; init; }

    /// <summary>ROWS or FILE DIMENSIONS, then options; null where they cannot be read.</summary>
    public static GraphSettings? Parse(ReadOnlySpan<string> args)
    {
        var settings = args switch
        {
            [var rows, ..] when TryParse(rows, out var count) => new GraphSettings { Rows = count },
            [var file, var dimensions, ..] when TryParse(dimensions, out var count) => new GraphSettings { File = file, Dimensions = count },
            _ => null,
        };
        for (args = args[(settings is { File: not null } ? 2 : Math.Min(1, args.Length))..]; settings is { } known && !args.IsEmpty;)
        {
            (settings, var taken) = args switch
            {
                ["hnswlib", ..] => (known with { WithFaiss = false }, 1),
                ["wait", ..] => (known with { Waits = true }, 1),
                ["keep", var folder, ..] => (known with { Kept = folder }, 2),
                ["faiss", var folder, ..] => (known with { FaissFolder = folder }, 2),
                _ => (null, args.Length),
            };
            args = args[taken..];
        }

        return settings;
    }

    public GraphData Prepare(string folder) => GraphData.TryRead(folder, Dimensions)
        ?? (File is null ? GraphData.OfMixture(folder, Rows!.Value, Queries, Dimensions) : GraphData.OfHalfFloats(folder, File, Dimensions));

    private static bool TryParse(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
}
