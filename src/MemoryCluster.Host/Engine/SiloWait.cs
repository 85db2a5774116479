namespace MemoryCluster.Host.Engine;

/// <summary>A gateway may be there before the first silo: it asks again until one is, or until it is told to stop.</summary>
internal sealed class SiloWait(TimeProvider clock) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        await Task.Delay(Pause, clock, cancellationToken);
        return true;
    }
}
