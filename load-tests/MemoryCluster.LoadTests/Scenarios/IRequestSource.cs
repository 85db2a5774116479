namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>Makes the bytes of requests.</summary>
internal interface IRequestSource
{
    /// <summary>The request, and of a write its number; -1 of another one.</summary>
    /// <param name="operation">What it does.</param>
    /// <param name="team">To which team.</param>
    /// <param name="due">When, from the run's begin.</param>
    /// <param name="random">Draws the question.</param>
    (byte[] Bytes, int Number) Render(LoadOperation operation, int team, TimeSpan due, Random random);
}
