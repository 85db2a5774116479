using MemoryCluster.LoadTests.Fleet;
using MemoryCluster.LoadTests.Fleet.Networks;
using MemoryCluster.TestKit.Stores;
using Xunit.Abstractions;

namespace MemoryCluster.Cluster.Tests.Fleet;

/// <summary>The short form of <c>fleet</c>: silos, a gateway and Redis as processes, a few faults of each kind, what clients saw before the checkers.</summary>
public sealed class FleetTests(ITestOutputHelper output)
{
    [FleetFact]
    public async Task Faults_BreakNoPromise()
    {
        using var folder = new TemporaryFolder();
        var settings = new FleetSettings
        {
            Silos = 3, Kills = 2, Freezes = 1, Partitions = 1, Upgrades = 1, Seed = 17, Folder = folder.Path,
            Rate = 40, Writers = 8, Readers = 8,
            // Links between silos can be cut by root alone.
            PartitionKinds = NamespaceNetwork.Missing() is null ? [PartitionKind.All] : [PartitionKind.Redis],
            FreezeMin = TimeSpan.FromSeconds(5), FreezeMax = TimeSpan.FromSeconds(6),
            PartitionMin = TimeSpan.FromSeconds(7), PartitionMax = TimeSpan.FromSeconds(8),
            // How fast a machine is that does other things too is no part of this.
            UnreadyMax = TimeSpan.FromMinutes(5), OutageMax = TimeSpan.FromMinutes(5),
        };

        var report = await new FleetRun(settings, TimeProvider.System, output.WriteLine).RunAsync(CancellationToken.None);

        output.WriteLine(report.ToString());
        Assert.Empty(report.FirstViolations);
        Assert.Empty(report.Verdict.Undecided);
        Assert.True(report.Verdict.KeysLinearizable > 0 && report.Verdict.Sightings > 0);
    }
}
