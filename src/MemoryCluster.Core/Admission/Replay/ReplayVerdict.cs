namespace MemoryCluster.Admission.Replay;

/// <summary>What a sequential test has come to.</summary>
internal enum ReplayVerdict
{
    Unspecified = 0,

    /// <summary>Neither is shown yet.</summary>
    Open,

    /// <summary>The memory helps: the lower bound of its effect is above the policy's least effect.</summary>
    Helps,

    /// <summary>The memory hurts: the upper bound is below 0, or it hurt the very run that it was taken from.</summary>
    Hurts,
}
