using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Evaluation.Lift;

/// <summary>Who decides what enters the memory.</summary>
internal sealed record LiftArm(string Name, Func<StreamRun, GatePolicy> GateOf, TeamPolicy Policy)
{
    /// <summary>Whether runs are reported at all.</summary>
    public bool Reports { get; init; } = true;

    /// <summary>Whether only memories of other tasks are shown: what words in common give, whatever is remembered.</summary>
    public bool OthersOnly { get; init; }

    /// <summary>Nothing is remembered of runs.</summary>
    public static LiftArm Nothing { get; } = new("no memory", _ => GatePolicies.Initial, new TeamPolicy()) { Reports = false };

    /// <summary>Everything that a run found is remembered, and nothing is put to the test.</summary>
    public static LiftArm Everything { get; } = new(
        "admit-all", _ => GatePolicies.Initial with { AdmitProbability = 0, CandidateProbability = 0, Exploration = 0 }, new TeamPolicy { ReplaysPerDay = 0 });

    public static LiftArm Control { get; } = Everything with { Name = "admit-all, other tasks' memories alone", OthersOnly = true };

    /// <summary>The product, with the gate of the fold that was not taught the run's task.</summary>
    public static LiftArm Product(Func<StreamRun, GatePolicy> gateOf) => new("admission", gateOf, new TeamPolicy());

    public static LiftArm Product(GatePolicy gate) => Product(_ => gate);
}
