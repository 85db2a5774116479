namespace MemoryCluster.Controller;

/// <summary>What became of a <see cref="ReplayJob"/>.</summary>
public abstract record ReplayResult
{
    private ReplayResult()
    {
    }

    /// <summary>Both requests were answered.</summary>
    public sealed record Answered(ReplayAnswer Without, ReplayAnswer With) : ReplayResult;

    /// <summary>One of them was not, and will not be.</summary>
    public sealed record Failed(string Reason, int Attempts) : ReplayResult;
}
