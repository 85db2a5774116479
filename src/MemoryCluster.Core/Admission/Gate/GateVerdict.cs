namespace MemoryCluster.Admission.Gate;

/// <summary>What becomes of a step. Stored by number.</summary>
public enum GateVerdict
{
    /// <summary>None was taken.</summary>
    Unspecified = 0,

    /// <summary>It is not kept.</summary>
    Drop = 1,

    /// <summary>It is kept at a lower weight, and worth a replay.</summary>
    Candidate = 2,

    /// <summary>It is shared at once.</summary>
    Admit = 3,
}
