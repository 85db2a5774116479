namespace MemoryCluster.Grains.Controller;

/// <summary>Tells a team's controller what was deleted, so that the runs it came from forget it too.</summary>
internal static class DeletedSources
{
    public static async Task TellAsync(
        IGrainFactory grains, TenantId tenant, TeamId team, ImmutableArray<MemoryId> deleted, CancellationToken cancellationToken)
    {
        if (deleted.IsEmpty)
        {
            return;
        }

        try
        {
            var controller = grains.GetGrain<IControllerGrain>(GrainKey.Of(tenant, team));
            await controller.CallAsync(owner => owner.EraseSourcesAsync(deleted, cancellationToken));
        }
        catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException or OperationCanceledException)
        {
            // deliberately no failure: the memories are gone, and the controller looks for itself, at every read of a run and in its upkeep
        }
    }
}
