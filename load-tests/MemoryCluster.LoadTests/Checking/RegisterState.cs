namespace MemoryCluster.LoadTests.Checking;

/// <summary>One memory at one moment: not yet written (version 0), there, or deleted (version -1).</summary>
internal readonly record struct RegisterState(int Version, string? Text)
{
    public static readonly RegisterState Unwritten = new(0, null);

    public static readonly RegisterState Deleted = new(-1, null);

    public bool IsThere => Version > 0;
}
