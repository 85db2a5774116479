using Microsoft.Extensions.Logging;

namespace MemoryCluster.Grains.Diffusions;

internal static partial class DiffusionLookups
{
    /// <summary>
    /// Has copies taken back that lost their source, where the team shares anything. What was deleted or changed is so already, whatever
    /// befalls this: a pass that comes later sees it too.
    /// </summary>
    public static async Task RecheckCopiesAsync(
        this IGrainFactory grains, TenantId tenant, TeamRecord? team, ImmutableArray<MemoryId> sources, ILogger logger, CancellationToken cancellationToken)
    {
        if (team is not { Sharing: true } || sources.IsEmpty)
        {
            return;
        }

        try
        {
            await grains.GetGrain<IDiffusionGrain>(GrainKey.Of(tenant, team.Id)).CallAsync(owner => owner.RecheckAsync(sources, cancellationToken));
        }
        catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException)
        {
            LogNotRechecked(logger, e, team.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Copies of what team {Team} deleted or changed are taken back with its next pass.")]
    private static partial void LogNotRechecked(ILogger logger, Exception exception, TeamId team);
}
