using MemoryCluster.Grains.Agents;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Grains.Tests.Agents;

public sealed class AgentGrainTests(TestClusterFixture fixture) : ClusterTests(fixture)
{
    [Fact]
    public async Task Remembered_IsRecalledByItsSeq()
    {
        var team = new TeamId("round-trip");
        await Cluster.PutTeamAsync(team, Scout);

        var written = await Cluster.RememberAsync(team, Scout, TestCluster.Draft("The build breaks when the cache is cold."));
        var answer = await Cluster.RecallAsync(TestCluster.CallerOf(team, Scout), "why does the build break", minSeq: written.Seq);

        Assert.Equal(Decision.Admitted, written.Decision);
        var hit = Assert.Single(answer.Hits);
        Assert.Equal(written.Id, hit.Memory.Id);
        Assert.Equal((1, 1, false), (answer.ShardsAsked, answer.ShardsAnswered, answer.Partial));
    }

    [Fact]
    public async Task TeamThatIsNotThere_IsNotFound()
    {
        var fault = await Faults.OfAsync(() => Cluster.RememberAsync(new TeamId("nowhere"), Scout, TestCluster.Draft("Anything.")));

        Assert.Equal((MemoryFault.NotFound, "team_not_found"), (fault.Fault, fault.Code));
    }

    [Fact]
    public async Task AgentThatIsNotOfTheTeam_IsNotFound()
    {
        var team = new TeamId("closed");
        await Cluster.PutTeamAsync(team, Scout);

        var fault = await Faults.OfAsync(() => Cluster.RememberAsync(team, new AgentId("stranger"), TestCluster.Draft("Anything.")));

        Assert.Equal((MemoryFault.NotFound, "agent_not_found", "agent"), (fault.Fault, fault.Code, fault.Field));
    }

    [Fact]
    public async Task IdenticalWritesAtOnce_MakeOneMemory()
    {
        var team = new TeamId("echo");
        await Cluster.PutTeamAsync(team, Scout);
        const string Text = "The staging database is read only on Sundays.";

        var written = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Cluster.RememberAsync(team, Scout, TestCluster.Draft(Text))));

        Assert.Single(written, result => result.Decision == Decision.Admitted);
        Assert.Equal(31, written.Count(result => result.Decision == Decision.Merged));
        Assert.Single(written.Select(result => result.Id).Distinct());
        Assert.Equal(1, (await Cluster.TeamOf(team).DescribeAsync(default))!.Statistics.Memories);
    }

    [Fact]
    public async Task OperationRepeated_HasOneEffectAndOneAnswer()
    {
        var team = new TeamId("repeated");
        await Cluster.PutTeamAsync(team, Scout);
        var operation = new OperationId(new Guid(1, 2, 3, new byte[8]), new Guid(4, 5, 6, new byte[8]));
        var draft = TestCluster.Draft("Deploys freeze in December.") with { Kind = MemoryKind.Event };

        var first = await Cluster.RememberAsync(team, Scout, draft, operation);
        var second = await Cluster.RememberAsync(team, Scout, draft, operation);

        Assert.Equal(first, second);
        Assert.Equal(1, (await Cluster.TeamOf(team).DescribeAsync(default))!.Statistics.Memories);
    }

    [Fact]
    public async Task Batch_IsAnsweredInOrder_OverMoreThanOneGroup()
    {
        var team = new TeamId("batch");
        await Cluster.PutTeamAsync(team, Scout);
        var drafts = Enumerable.Range(0, 600).Select(i => TestCluster.Draft($"Ticket {i} was closed by worker {i * 7}.") with { Kind = MemoryKind.Event });

        var outcomes = await Cluster.RememberManyAsync(team, Scout, drafts);

        var ids = outcomes.Select(outcome => outcome.Unwrap().Id).ToArray();
        Assert.Equal(600, ids.Distinct().Count());
        var seqs = outcomes.Select(outcome => outcome.Unwrap().Seq).ToArray();
        Assert.Equal(seqs.Order(), seqs);
        foreach (var i in new[] { 0, 255, 256, 599 })
        {
            var kept = await Cluster.Memories.GetAsync(ids[i], TestCluster.CallerOf(team, Scout), default);
            Assert.Equal($"Ticket {i} was closed by worker {i * 7}.", kept!.Text);
        }
    }

    [Fact]
    public async Task MoreThanTheBurst_IsRefusedWhole()
    {
        await using var cluster = await TestCluster.StartAsync(services => services.Configure<AgentOptions>(options =>
        {
            options.WritesPerSecond = 1;
            options.Burst = 3;
        }));
        var team = new TeamId("busy");
        await cluster.PutTeamAsync(team, Scout);

        var fault = await Faults.OfAsync(
            () => cluster.RememberManyAsync(team, Scout, Enumerable.Range(0, 4).Select(i => TestCluster.Draft($"Fact number {i}."))));

        Assert.Equal(MemoryFault.QuotaExceeded, fault.Fault);
        Assert.Equal(0, (await cluster.TeamOf(team).DescribeAsync(default))!.Statistics.Memories);
    }
}
