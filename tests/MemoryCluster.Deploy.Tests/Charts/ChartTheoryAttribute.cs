namespace MemoryCluster.Deploy.Tests.Charts;

/// <summary>The same for a test of several cases; <see cref="NeedsSchemas"/> where it also holds objects against Kubernetes's schemas.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChartTheoryAttribute : TheoryAttribute
{
    public ChartTheoryAttribute() => Skip = ChartRenderer.MissingReason;

    /// <summary>Whether the test needs the schemas too.</summary>
    public bool NeedsSchemas
    {
        get;
        set
        {
            field = value;
            Skip ??= value ? KubernetesSchemas.MissingReason : null;
        }
    }
}
