namespace MemoryCluster;

/// <summary>What a key may do.</summary>
[Flags]
public enum KeyScopes
{
    None = 0,
    Read = 1,
    Write = 2,
    Admin = 4,
}
