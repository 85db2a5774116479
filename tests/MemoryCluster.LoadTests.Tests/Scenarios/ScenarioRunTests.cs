using MemoryCluster.LoadTests.Reports;
using MemoryCluster.LoadTests.Scenarios;
using MemoryCluster.LoadTests.Targets;

namespace MemoryCluster.LoadTests.Tests.Scenarios;

public sealed class ScenarioRunTests
{
    public static TheoryData<string> Names => [.. AllScenarios.List.Select(scenario => scenario.Name)];

    /// <summary>A hundred requests of each scenario against a host of its own: no speed is asserted, but that all is told.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Scenario_RunsFromStartToReport(string name)
    {
        using var folder = new WorkFolder();
        var scenario = AllScenarios.List.Single(each => each.Name == name);
        var settings = new ScenarioSettings
        {
            Scenario = scenario,
            Target = new TargetSettings { Kind = TargetKind.Local, Folder = folder.Path },
            Bench = new BenchSettings { Memories = 60, Teams = 3, Callers = 8, WarmUp = TimeSpan.Zero },
            RatePerSecond = 50,
            Percent = 100,
            Duration = TimeSpan.FromSeconds(2),
            FailIf = [FailCondition.Parse("lost>0"), FailCondition.Parse("offered<1")],
        };

        var report = await new ScenarioRun(settings, TimeProvider.System, _ => { }).RunAsync(CancellationToken.None);

        var all = report.Streams[0];
        Assert.True(all.Offered > 0);
        Assert.Equal(all.Offered, all.Succeeded + all.Refused + all.Failed + all.Unsent);
        Assert.All(report.Streams, stream => Assert.InRange(stream.Offered, 0, all.Offered));
        Assert.True(report.Writes is null or { Lost: 0 }, report.Writes?.ToString());
        Assert.Equal(report.Writes is not null, report.Thresholds[^2].IsMet);
        Assert.True(report.Thresholds[^1].IsMet);
        Assert.Contains("host", report.Processes.Select(reading => reading.Process));
    }
}
