namespace MemoryCluster.Admission.Gate;

/// <summary>What the gate may know of one step of a run when it decides whether the team keeps it: plain values, nothing of later.</summary>
/// <remarks>Vectors are of one model and unit length; a missing one is empty and lends no evidence.</remarks>
public readonly ref struct GateInput
{
    /// <summary>The task as the agents were given it.</summary>
    public required ReadOnlySpan<char> Task { get; init; }

    /// <summary>What the step was given: a tool's arguments, or the question to an agent.</summary>
    public required ReadOnlySpan<char> Input { get; init; }

    /// <summary>What the step was for, in its agent's words; may be empty.</summary>
    public ReadOnlySpan<char> Summary { get; init; }

    /// <summary>What came of it: a tool's observation, or the agent's answer.</summary>
    public required ReadOnlySpan<char> Output { get; init; }

    public ReadOnlySpan<float> TaskVector { get; init; }

    public ReadOnlySpan<float> InputVector { get; init; }

    public ReadOnlySpan<float> OutputVector { get; init; }

    /// <summary>The tool's name, empty where the step called none.</summary>
    public ReadOnlySpan<char> Tool { get; init; }

    /// <summary>Whether the caller knows that the step failed. The gate also reads the output for signs of it.</summary>
    public bool Failed { get; init; }

    /// <summary>Which step of its run it is, from 0.</summary>
    public int Step { get; init; }

    public AgentStanding Agent { get; init; }

    public BankView Bank { get; init; }

    public RecurrenceView Recurrence { get; init; }
}
