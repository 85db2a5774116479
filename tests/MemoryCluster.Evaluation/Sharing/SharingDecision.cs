using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Evaluation.Sharing;

/// <summary>A decision on a step, and how often others were served it or took it again.</summary>
internal sealed class SharingDecision(float[] features, GateDecision decision, string tool, int team, int round)
{
    public float[] Features => features;

    public GateDecision Decision => decision;

    public string Tool => tool;

    /// <summary>The run that took the step, and which of its steps it was.</summary>
    public (int Team, int Round) At => (team, round);

    public int Uses { get; set; }

    public int Contradictions { get; set; }

    public int Repeats { get; set; }

    public bool IsKept => decision.Verdict != GateVerdict.Drop;

    public GateStep ToStep() => new()
    {
        Features = [.. features], Verdict = decision.Verdict, Propensity = decision.Propensity, Uses = Uses, Contradictions = Contradictions,
        Repeats = Repeats,
    };
}
