namespace MemoryCluster.Index;

/// <summary>Says which ordinals a search may see; implement it as a struct, so that the JIT inlines it into the scan.</summary>
public interface IOrdinalFilter
{
    /// <summary>Asked before an ordinal is scored, so that k hits are k permitted hits.</summary>
    bool Accepts(int ordinal);
}
