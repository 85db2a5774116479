namespace MemoryCluster.LoadTests.Processes;

/// <summary>Tells whether a server answers yet.</summary>
internal interface IProbe
{
    Task<bool> AnswersAsync(CancellationToken cancellationToken);
}
