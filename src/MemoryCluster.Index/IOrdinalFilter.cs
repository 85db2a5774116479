namespace MemoryCluster.Index;

/// <summary>Says which ordinals a search may see; implement it as a struct, so that the JIT inlines it into the scan.</summary>
public interface IOrdinalFilter
{
    /// <summary>
    /// Asked before an ordinal is offered as a hit, so that k hits are k permitted hits. A scan of vectors asks before it scores; a walk
    /// scores what it crosses, and the lexical search sums up whole windows of postings, before they ask. What is not accepted moves
    /// no threshold that others must pass.
    /// </summary>
    bool Accepts(int ordinal);
}
