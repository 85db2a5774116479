using System.Diagnostics;
using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Targets;

/// <summary>Starts what is to be put under load.</summary>
internal static class LoadTargets
{
    public static async Task<ILoadTarget> StartAsync(TargetSettings settings, TimeProvider clock, CancellationToken cancellationToken) => settings.Kind switch
    {
        TargetKind.Local => await StartedTarget.StartOneAsync(settings, clock, cancellationToken),
        TargetKind.Orleans => await StartedTarget.StartClusterAsync(settings, clock, cancellationToken),
        TargetKind.Running => new RunningTarget(
            settings.Url ?? throw new ArgumentException("A server that runs already has an address."),
            await HostProcess.ReadKeyAsync(settings.KeyFile ?? throw new ArgumentException("A server that runs already needs --key-file."), cancellationToken)),
        _ => throw new UnreachableException($"{settings.Kind}"),
    };
}
