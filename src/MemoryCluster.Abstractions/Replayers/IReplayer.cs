namespace MemoryCluster;

/// <summary>Replays a run's task outside of the cluster, with a memory or without one, and says how it went.</summary>
public interface IReplayer
{
    /// <summary>One attempt. The same request may come again, under the same id.</summary>
    /// <param name="request">What to replay.</param>
    /// <param name="replayer">Who was registered to do it; null for what is built in.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ReplayException">There is no answer, or none of use.</exception>
    Task<ReplayAnswer> ReplayAsync(ReplayRequest request, ReplayerRecord? replayer, CancellationToken cancellationToken);
}
