namespace MemoryCluster.Consolidation;

/// <summary>Counts what several memories rest on together, each piece of evidence once (SEDM, arXiv 2509.09498, Eq. 8 leaves the rule open).</summary>
internal static class EvidenceUnion
{
    /// <summary>Pieces of evidence of the merged memories that the one standing for them has not itself.</summary>
    /// <remarks>By where it was read, not by its words: a source turn counts once whoever reads it; without one a run does; without either an agent.</remarks>
    public static int Added(MemoryRecord standing, IEnumerable<MemoryRecord> merged)
    {
        var known = PiecesOf(standing).ToHashSet();
        var own = known.Count;
        foreach (var memory in merged)
        {
            known.UnionWith(PiecesOf(memory));
        }

        // what was made of others has no evidence of its own: the first piece of theirs takes its place
        return PairRules.IsMade(standing) ? merged.SelectMany(PiecesOf).Distinct().Count() - 1 : known.Count - own;
    }

    private static IEnumerable<Piece> PiecesOf(MemoryRecord memory) => memory.Evidence
        .Select(evidence => Piece.Of(evidence.Source, evidence.Run, evidence.Agent))
        .Prepend(Piece.Of(memory.Provenance.Source, memory.Provenance.Run, memory.Provenance.Agents[0]));

    private readonly record struct Piece(SourceRef? Source, RunId? Run, AgentId? Agent)
    {
        public static Piece Of(SourceRef? source, RunId? run, AgentId agent) =>
            source is not null ? new Piece(source, null, null) : run is not null ? new Piece(null, run, null) : new Piece(null, null, agent);
    }
}
