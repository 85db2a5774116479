using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>One stream of a run, or all of them together, in figures.</summary>
internal sealed record StreamFigures
{
    /// <summary>How many parts a stream's time is cut into to see how much it varies.</summary>
    public const int PartCount = 10;

    public required string Name { get; init; }

    public required long Offered { get; init; }

    public required long Succeeded { get; init; }

    /// <summary>429 and 503.</summary>
    public required long Refused { get; init; }

    public required long Failed { get; init; }

    /// <summary>Given up in the generator, since no answer freed a caller within 30 s of when they were due.</summary>
    public required long Unsent { get; init; }

    public required double OfferedPerSecond { get; init; }

    /// <summary>Successes that were answered within the stream's time, a second.</summary>
    public required double GoodputPerSecond { get; init; }

    /// <summary>Of successes, from when each was due.</summary>
    public required LatencyFigures Latency { get; init; }

    /// <summary>Of refusals, from when each was sent.</summary>
    public required LatencyFigures Refusal { get; init; }

    /// <summary>Refusals that did not say when to come again.</summary>
    public required long RefusedWithoutRetryAfter { get; init; }

    /// <summary>The latencies of successes as <see cref="LogHistogram.ToText"/> writes them.</summary>
    public required string Histogram { get; init; }

    /// <summary>The same figures of each tenth of the stream's time, so that a comparison knows how much they vary.</summary>
    public required IReadOnlyList<PartFigures> Parts { get; init; }
}
