namespace MemoryCluster.Deploy.Tests.Charts;

/// <summary>A test that needs the schemas of Kubernetes, and says so where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SchemaTheoryAttribute : TheoryAttribute
{
    public SchemaTheoryAttribute() => Skip = KubernetesSchemas.MissingReason;
}
