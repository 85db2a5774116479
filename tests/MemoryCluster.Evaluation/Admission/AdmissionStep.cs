using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Admission;

/// <summary>A step that the gate is asked about, and what its log tells of it afterwards.</summary>
/// <param name="TakenUp">A later step used what it brought.</param>
/// <param name="TakenUpRight">… in a run that ended right.</param>
/// <param name="Right">A run of its task ended right.</param>
/// <param name="Guilty">It was marked as the mistake.</param>
internal sealed record AdmissionStep(LoggedTask Task, float[] Features, bool Failed, bool TakenUp, bool TakenUpRight, bool Right, bool Guilty);
