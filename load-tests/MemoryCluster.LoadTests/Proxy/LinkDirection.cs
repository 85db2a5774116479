namespace MemoryCluster.LoadTests.Proxy;

/// <summary>A way over a link.</summary>
internal enum LinkDirection
{
    /// <summary>From those who connect to the one behind the proxy: requests.</summary>
    Forward = 0,

    /// <summary>Back to them: replies.</summary>
    Back,
}
