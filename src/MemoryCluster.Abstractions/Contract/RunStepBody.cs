namespace MemoryCluster.Contract;

/// <summary>One step of a run.</summary>
public sealed record RunStepBody
{
    /// <summary>The agent whose step it is; default the run's.</summary>
    public string? Agent { get; init; }

    /// <summary>What was done, 1 to 8,192 bytes; empty once erased.</summary>
    public required string Summary { get; init; }

    /// <summary>What went in, at most 32,768 bytes.</summary>
    public string? Input { get; init; }

    /// <summary>What came out, at most 32,768 bytes; may be empty.</summary>
    public required string Output { get; init; }

    /// <summary>1 to 128 characters.</summary>
    public string? Tool { get; init; }

    /// <summary>Default auto.</summary>
    public StepAdmission? Admit { get; init; }

    /// <summary>Only in answers: its texts were erased with a memory made of it.</summary>
    public bool? Erased { get; init; }
}
