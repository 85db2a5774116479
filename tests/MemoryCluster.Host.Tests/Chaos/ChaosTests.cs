using MemoryCluster.LoadTests.Chaos;
using MemoryCluster.LoadTests.Processes;
using MemoryCluster.TestKit.Stores;
using Xunit.Abstractions;

namespace MemoryCluster.Host.Tests.Chaos;

/// <summary>The short form of <c>load-tests/chaos.sh</c>.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    public Task Kills_OfTheHostOnFiles_LoseDoubleAndResurrectNothing() => KillAsync(StoreKind.File, kills: 5);

    [RedisFact]
    public Task Kills_OfTheHostOnRedis_LoseDoubleAndResurrectNothing() => KillAsync(StoreKind.Redis, kills: 3);

    private async Task KillAsync(StoreKind store, int kills)
    {
        using var folder = new TemporaryFolder();
        var settings = new ChaosSettings { Store = store, Kills = kills, Seed = 17, Folder = folder.Path, LifeMax = TimeSpan.FromMilliseconds(600) };

        var report = await new ChaosRun(settings, TimeProvider.System, output.WriteLine).RunAsync(CancellationToken.None);

        output.WriteLine(report.ToString());
        Assert.Empty(report.FirstViolations);
        Assert.True(report.Counts["writes with a key"] > 0);
    }
}
