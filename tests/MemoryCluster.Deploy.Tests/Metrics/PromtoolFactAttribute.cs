using MemoryCluster.Deploy.Tests.Tools;

namespace MemoryCluster.Deploy.Tests.Metrics;

/// <summary>A test that asks Prometheus's own check, and says so where it is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute() => Skip = Path is null ? "promtool is not on the PATH (Debian: apt-get install prometheus)." : null;

    public static string? Path { get; } = ToolRun.Find("promtool");
}
