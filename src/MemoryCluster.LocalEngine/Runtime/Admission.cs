namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>How a request shares its grain with others that are in progress.</summary>
internal enum Admission
{
    /// <summary>Waits for readers and exclusive requests, and they for it.</summary>
    Exclusive,

    /// <summary>Waits for exclusive requests, and they for it.</summary>
    Reader,

    /// <summary>Waits for nobody, and nobody for it.</summary>
    Interleaved,
}
