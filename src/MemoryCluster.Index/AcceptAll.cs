namespace MemoryCluster.Index;

/// <summary>The filter that hides nothing.</summary>
public readonly struct AcceptAll : IOrdinalFilter
{
    public bool Accepts(int ordinal) => true;
}
