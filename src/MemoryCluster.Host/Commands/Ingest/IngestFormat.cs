namespace MemoryCluster.Host.Commands.Ingest;

/// <summary>What the lines of a file are.</summary>
internal enum IngestFormat
{
    /// <summary>What its first line looks like.</summary>
    Auto = 0,

    /// <summary>LoCoMo conversations.</summary>
    Locomo,

    /// <summary>Bodies of <c>POST /api/v1/memories</c>.</summary>
    Jsonl,
}
