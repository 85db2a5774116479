namespace MemoryCluster.Simulations.Histories;

/// <summary>What was reported of a team's runs, and what is there of them in the end.</summary>
internal sealed record RunAccounts
{
    /// <summary>The directory, of which nothing that a run is decided by changes during a simulation.</summary>
    public DirectorySnapshot Directory { get; init; } = new() { Version = 0 };

    /// <summary>Runs whose keeping was acknowledged.</summary>
    public ImmutableHashSet<RunId> Kept { get; init; } = [];

    /// <summary>Those of them whose forgetting was acknowledged.</summary>
    public ImmutableHashSet<RunId> Forgotten { get; init; } = [];

    /// <summary>Memories whose deletion was acknowledged.</summary>
    public ImmutableHashSet<MemoryId> Deleted { get; init; } = [];

    /// <summary>Calls whose end nobody heard of: they may have had their effect or not.</summary>
    public int Unheard { get; init; }

    /// <summary>Runs that the controller holds.</summary>
    public int There { get; init; }

    /// <summary>Memories of the team: which run taught each, and what.</summary>
    public ImmutableArray<(MemoryId Id, RunId? Run, string Text)> Memories { get; init; } = [];

    /// <summary>The controller's decisions.</summary>
    public ImmutableArray<(RunId Run, Decision Decision, MemoryId? Memory)> Decisions { get; init; } = [];

    /// <summary>Uses that each memory counts, and those of them whose share was measured by replay.</summary>
    public ImmutableArray<(MemoryId Id, long Uses, long Replayed)> Uses { get; init; } = [];

    /// <summary>Outcomes that named a run and used a memory: those acknowledged, and those reported at all.</summary>
    public ImmutableDictionary<MemoryId, (int Least, int Most)> Reported { get; init; } = ImmutableDictionary<MemoryId, (int, int)>.Empty;

    /// <summary>When each forgetting was acknowledged.</summary>
    public ImmutableDictionary<RunId, DateTimeOffset> ForgottenAt { get; init; } = ImmutableDictionary<RunId, DateTimeOffset>.Empty;

    /// <summary>The replays that the decisions rest on…</summary>
    public ImmutableArray<(Guid Decision, ReplayPair Pair)> Replays { get; init; } = [];

    /// <summary>…and those that did not come about.</summary>
    public ImmutableArray<(Guid Decision, ReplayFailure Failure)> ReplaysFailed { get; init; } = [];

    /// <summary>What replayers outside of the cluster were sent, and when.</summary>
    public ImmutableArray<(DateTimeOffset At, ReplayRequest Request)> Sent { get; init; } = [];

    /// <summary>Memories whose certificate did not hold.</summary>
    public ImmutableArray<MemoryId> Uncertified { get; init; } = [];
}
