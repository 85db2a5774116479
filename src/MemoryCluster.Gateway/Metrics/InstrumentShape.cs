namespace MemoryCluster.Gateway.Metrics;

/// <summary>How an instrument's measurements become a number.</summary>
internal enum InstrumentShape
{
    /// <summary>The latest one.</summary>
    Gauge = 0,

    /// <summary>Their sum, which may fall.</summary>
    Sum,

    /// <summary>Their sum, which only grows.</summary>
    Counter,

    /// <summary>The latest one, which only grows.</summary>
    ObservedCounter,

    /// <summary>How many fell below each bound.</summary>
    Histogram,
}
