using MemoryCluster.LoadTests.Scenarios;

namespace MemoryCluster.LoadTests.Tests.Scenarios;

public sealed class LoadPlanTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Plan_IsInTheOrderOfTime_AndNumbersItsWritesInIt()
    {
        var plan = Plan("mixed", 200);

        Assert.Equal(plan.Requests.Select(request => request.Due).Order(), plan.Requests.Select(request => request.Due));
        int[] numbers = [.. plan.Requests.Where(request => request.Number >= 0).Select(request => request.Number)];
        Assert.Equal(Enumerable.Range(0, numbers.Length), numbers);
        Assert.All(plan.Requests, request => Assert.InRange(request.Due, TimeSpan.Zero, Minute));
    }

    [Fact]
    public void Mixed_IsNinetyPercentRecalls_AtTheRateThatWasAsked()
    {
        var plan = Plan("mixed", 200);

        // A Poisson count of 12,000 lies within 5 standard deviations of it; a seed makes it the same every time.
        Assert.InRange(plan.Requests.Length, 12_000 - 550, 12_000 + 550);
        Assert.InRange(Share(plan, "remember"), 0.09, 0.11);
    }

    [Fact]
    public void TeamBurst_JumpsTenfoldInTheMiddleThird_WhileTheOthersStayAsTheyWere()
    {
        var plan = Plan("team-burst", 800);

        int[] burst = [Count(plan, "burst-before."), Count(plan, "burst-during."), Count(plan, "burst-after.")];
        int[] others = [Count(plan, "others-before."), Count(plan, "others-during."), Count(plan, "others-after.")];

        Assert.InRange(burst[1] / (double)burst[0], 9, 11);
        Assert.InRange(burst[2] / (double)burst[0], 0.9, 1.1);
        Assert.All(others, count => Assert.InRange(count / (double)others[0], 0.95, 1.05));
        Assert.All(plan.Requests, request => Assert.Equal(plan.Streams[request.Stream].Name.StartsWith("burst", StringComparison.Ordinal), request.Bytes[0] == 0));
    }

    [Fact]
    public void HotTeam_HasMostOfTheTraffic_AndLaterTeamsHaveLess()
    {
        var plan = Plan("hot-team", 500);

        int[] teams = [.. Enumerable.Range(0, 8).Select(team => plan.Requests.Count(request => request.Bytes[0] == team))];

        Assert.True(teams[0] > plan.Requests.Length / 2);
        Assert.Equal(teams.OrderDescending(), teams);
        Assert.Equal(teams[0], Count(plan, "hot."));
    }

    [Fact]
    public void Plan_IsTheSameForASeed() => Assert.Equal(
        Plan("mixed", 50).Requests.Select(request => (request.Due, request.Bytes[0])), Plan("mixed", 50).Requests.Select(request => (request.Due, request.Bytes[0])));

    [Fact]
    public void MoreThanTheBound_IsRefused_BeforeItIsMade()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Plan("mixed", 1_000_000));

        Assert.Contains("--rate", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryScenario_HasDemandsThatCanBeRead_AndStreamsOfItsOwnNames() => Assert.All(AllScenarios.List, scenario =>
    {
        Assert.All(scenario.FailIf, condition => Assert.NotNull(LoadTests.Reports.FailCondition.Parse(condition)));
        var streams = scenario.Streams(100, Minute, 8);
        Assert.Equal(streams.Count, streams.Select(stream => stream.Name).Distinct().Count());
        Assert.All(streams, stream => Assert.InRange(stream.To, stream.From, Minute));
    });

    private static LoadPlan Plan(string scenario, double rate) => LoadPlan.Of(
        AllScenarios.List.Single(each => each.Name == scenario).Streams(rate, Minute, 8), Minute, new StubRequests(), new Random(7));

    private static int Count(LoadPlan plan, string group) =>
        plan.Requests.Count(request => plan.Streams[request.Stream].Name.StartsWith(group, StringComparison.Ordinal));

    private static double Share(LoadPlan plan, string group) => Count(plan, group) / (double)plan.Requests.Length;
}
