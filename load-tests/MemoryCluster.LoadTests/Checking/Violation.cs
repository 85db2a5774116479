namespace MemoryCluster.LoadTests.Checking;

/// <summary>A promise that a history shows broken.</summary>
/// <param name="Rule">Such as "lost".</param>
/// <param name="Key">The memory.</param>
internal sealed record Violation(string Rule, string Key, string What)
{
    public override string ToString() => $"{Rule}: {Key} {What}";
}
