namespace MemoryCluster;

/// <summary>One step of a run: what an agent did, and what came of it.</summary>
[GenerateSerializer, Immutable, Alias("mc.RunStep")]
public sealed record RunStep
{
    [Id(0)]
    public required AgentId Agent { get; init; }

    /// <summary>What was done, in few words: the key by which the step is looked for.</summary>
    [Id(1)]
    public required string Summary { get; init; }

    /// <summary>What went in: a tool's arguments, or what the agent was told.</summary>
    [Id(2)]
    public string? Input { get; init; }

    /// <summary>What came out. A replay reads it here and never calls the tool again.</summary>
    [Id(3)]
    public required string Output { get; init; }

    [Id(4)]
    public string? Tool { get; init; }

    [Id(5)]
    public StepAdmission Admit { get; init; } = StepAdmission.Auto;

    /// <summary>Whether its texts were erased because a memory made of it was deleted.</summary>
    [Id(6)]
    public bool Erased { get; init; }
}
