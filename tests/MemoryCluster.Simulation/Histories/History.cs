namespace MemoryCluster.Simulations.Histories;

/// <summary>Everything that the callers of one run saw.</summary>
internal sealed record History
{
    public ImmutableArray<Call> Calls { get; init; } = [];

    /// <summary>The edges that stood before the first call.</summary>
    public ImmutableHashSet<AccessEdge> Edges { get; init; } = [];

    /// <summary>Which agents are in which team; it does not change during a run.</summary>
    public ImmutableDictionary<TeamId, ImmutableHashSet<AgentId>> Members { get; init; } =
        ImmutableDictionary<TeamId, ImmutableHashSet<AgentId>>.Empty;

    /// <summary>Whether a request may have arrived twice: then what was refused may have had its effect all the same, by its twin.</summary>
    public bool MayDouble { get; init; }

    /// <summary>The runs that were reported.</summary>
    public RunAccounts Runs { get; init; } = new();

    public IEnumerable<T> Of<T>()
        where T : Call => Calls.OfType<T>();
}
