namespace MemoryCluster.Gateway.Problems;

/// <summary>A request that the gateway refuses. The message says what to do and never repeats what the caller sent.</summary>
internal sealed class RefusalException(ProblemKind kind, string detail, string? field = null, Exception? cause = null) : Exception(detail, cause)
{
    public ProblemKind Kind { get; } = kind;

    public string? Field { get; } = field;
}
