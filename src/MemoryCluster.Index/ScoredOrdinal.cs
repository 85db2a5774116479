namespace MemoryCluster.Index;

/// <summary>One hit of a search: the caller's internal id of a memory and how well it matched; a higher score is better.</summary>
public readonly record struct ScoredOrdinal(int Ordinal, float Score)
{
    /// <summary>The one order of hits everywhere: higher score first, and of equal scores the smaller ordinal.</summary>
    public bool IsBetterThan(ScoredOrdinal other) =>
        Score > other.Score || (Score == other.Score && Ordinal < other.Ordinal);
}
