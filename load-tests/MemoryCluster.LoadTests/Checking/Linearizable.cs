namespace MemoryCluster.LoadTests.Checking;

/// <summary>Whether a memory's operations have an order.</summary>
internal enum Linearizable
{
    /// <summary>The search was given up at its limit: this is no pass.</summary>
    Undecided = 0,

    /// <summary>There is an order.</summary>
    Yes,

    /// <summary>There is none.</summary>
    No,
}
