namespace MemoryCluster.Core.Tests.Admission.Runs;

/// <summary>Makes runs for tests.</summary>
internal static class Runs
{
    public static readonly AgentId Scout = new("scout");
    public static readonly AgentId Clerk = new("clerk");

    public static RunDraft Of(string task, double reward, params RunStep[] steps) => new()
    {
        Agent = Scout, Task = task, Input = "", Steps = [.. steps], Outcome = new RunOutcome { Reward = reward }, WrittenBy = new KeyId(Guid.Empty),
    };

    public static RunStep Step(string summary, string output, string? tool = null, string? input = null) =>
        new() { Agent = Scout, Summary = summary, Output = output, Tool = tool, Input = input };
}
