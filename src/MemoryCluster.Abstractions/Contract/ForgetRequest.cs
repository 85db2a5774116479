namespace MemoryCluster.Contract;

/// <summary>Body of <c>POST /api/v1/forget</c>: what matches every member given is deleted; at least one is given.</summary>
public sealed record ForgetRequest
{
    /// <summary>Every team of the tenant where left out, which needs the admin scope.</summary>
    public string? Team { get; init; }

    public string? Agent { get; init; }

    public string? User { get; init; }

    public string? Run { get; init; }

    /// <summary>Only what was written before, exclusive.</summary>
    public DateTimeOffset? WrittenBefore { get; init; }
}
