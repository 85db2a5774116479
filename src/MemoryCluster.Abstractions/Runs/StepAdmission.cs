namespace MemoryCluster;

/// <summary>Whether a step may become a memory.</summary>
public enum StepAdmission
{
    Unspecified = 0,

    /// <summary>The controller decides.</summary>
    Auto = 1,

    /// <summary>It never does; it still tells how the run went.</summary>
    Never = 2,
}
