using MemoryCluster.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Grains.Tests.Shards;

public sealed class WrittenSummaryTests : IAsyncLifetime
{
    private const string Worded = "Read every page of the report with the page tokens: count, wait and retry.";

    private static readonly AgentId Ada = new("ada");
    private static readonly AgentId Ben = new("ben");

    private readonly ScriptedSummaryWriter _writer = new() { Write = _ => Task.FromResult(Worded) };
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync(services =>
    {
        services.AddSingleton<ISummaryWriter>(_writer);
        services.Configure<UpkeepOptions>(options => options.Period = TimeSpan.FromSeconds(1));
        services.Configure<SummaryOptions>(options => options.RetryDelay = TimeSpan.FromMilliseconds(1));
    });

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Insight_IsWorded_WithoutAnybodyWaitingForTheModel()
    {
        var answer = new TaskCompletionSource<string>();
        _writer.Write = _ => answer.Task;
        var (team, insight) = await FamilyAsync("worded");
        await UntilAsync(() => Task.FromResult(!_writer.Asked.IsEmpty));

        // while the model thinks, the shard reads and writes
        Assert.Null((await FindAsync(team, insight))!.Written);
        var written = await _cluster.RememberAsync(team, Ada, TestCluster.Draft("The ferry leaves at dawn."));
        Assert.Equal(Decision.Admitted, written.Decision);
        answer.SetResult(Worded);

        await UntilAsync(async () => (await FindAsync(team, insight))!.Written is not null);
        var worded = (await FindAsync(team, insight))!;
        Assert.Equal((Worded, "m-1", 2), (worded.Text, worded.Written!.Model, worded.Version));
    }

    [Fact]
    public async Task ModelThatFails_IsAskedAgainLater()
    {
        var failures = 0;
        _writer.Write = _ => ++failures < 3 ? throw new SummaryException("busy") : Task.FromResult(Worded);
        var (team, insight) = await FamilyAsync("failing");

        await UntilAsync(async () => (await FindAsync(team, insight))!.Written is not null);

        Assert.Equal(3, _writer.Asked.Count);
    }

    [Fact]
    public async Task InventedName_IsRefused_Counted_AndNotAskedForAgain()
    {
        _writer.Write = _ => Task.FromResult("Read every page of the report for Mallory with the page tokens and count, wait and retry.");
        var (team, insight) = await FamilyAsync("inventing");

        await UntilAsync(async () => (await _cluster.TeamOf(team).DescribeAsync(default))!.Statistics.SummariesRefused > 0);

        Assert.Null((await FindAsync(team, insight))!.Written);
        var asked = _writer.Asked.Count;
        await _cluster.TeamOf(team).DescribeAsync(default);
        Assert.Equal(asked, _writer.Asked.Count);
    }

    [Fact]
    public async Task SessionThatIsRead_IsWorded()
    {
        _writer.Write = _ => Task.FromResult("Ada saw the cases of the deploy.");
        var team = new TeamId("told");
        await _cluster.PutTeamAsync(team, Ada, Ben);
        await SwitchAsync(team);
        for (var i = 0; i < 8; i++)
        {
            var draft = TestCluster.Draft($"Ada saw case number {i} of the deploy") with
            {
                Kind = MemoryKind.Event, Source = new SourceRef { Session = "s", Turn = $"{i}" }, OccurredAt = DateTimeOffset.UnixEpoch.AddMinutes(i),
            };
            await _cluster.RememberAsync(team, Ada, draft);
        }

        await UntilAsync(async () => (await TopAsync()).Written is not null);

        Assert.Equal("Ada saw the cases of the deploy.", (await TopAsync()).Summary);

        async Task<TimelineNode> TopAsync() => Assert.Single(
            (await _cluster.TeamOf(team).ReadTimelineAsync(TestCluster.CallerOf(team, Ada), new TimelineQuery { Session = "s", Limit = 10 }, default)).Nodes);
    }

    private async Task<(TeamId Team, MemoryId Insight)> FamilyAsync(string name)
    {
        var team = new TeamId(name);
        await _cluster.PutTeamAsync(team, Ada, Ben);
        await SwitchAsync(team);
        foreach (var (word, agent) in new[] { ("count", Ada), ("wait", Ben), ("retry", Ada) })
        {
            await _cluster.RememberAsync(
                team, agent, TestCluster.Draft($"Read every page of the report with the page tokens and {word}.") with { Kind = MemoryKind.Lesson });
        }

        var insight = default(MemoryId?);
        await UntilAsync(async () => (insight = await InsightOfAsync(team)) is not null);
        return (team, insight!.Value);
    }

    private async Task SwitchAsync(TeamId team)
    {
        var policy = await _cluster.ControllerOf(team).GetPolicyAsync(default);
        await _cluster.ControllerOf(team).SetPolicyAsync(
            policy with { Consolidation = policy.Consolidation with { FamilySimilarity = 0.5, WriteSummaries = true } }, default);
    }

    // The one over all three: upkeep may have made one over two before the third had come.
    private async Task<MemoryId?> InsightOfAsync(TeamId team)
    {
        await _cluster.TeamOf(team).ConsolidateAsync(default);
        var hits = (await _cluster.RecallAsync(TestCluster.CallerOf(team, Ada), "page tokens")).Hits;
        return hits.FirstOrDefault(hit => hit.Memory.Provenance.DerivedFrom.Length == 3)?.Memory.Id;
    }

    private Task<MemoryRecord?> FindAsync(TeamId team, MemoryId id) => _cluster.Memories.GetAsync(id, TestCluster.CallerOf(team, Ada), default);

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await isSo())
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
