using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Evaluation.Sharing;

/// <summary>An action with its observation, as the teams of a task have met it so far.</summary>
internal sealed class SeenStep(string output, StepKinds kinds, int team)
{
    private readonly HashSet<int> _teams = [team];

    public string Output => output;

    public StepKinds Kinds => kinds;

    /// <summary>The team that took it first: a memory of it serves others.</summary>
    public int Owner => team;

    public int Teams => _teams.Count;

    /// <summary>Whether the bank holds it.</summary>
    public bool IsKept { get; set; }

    /// <summary>The decisions taken on it, each with what became of it.</summary>
    public List<SharingDecision> Decisions { get; } = [];

    public bool IsTakenBy(int another) => _teams.Contains(another);

    /// <summary>Whether the team is a new one.</summary>
    public bool TakenBy(int another) => _teams.Add(another);
}
