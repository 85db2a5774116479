namespace MemoryCluster.Grains.Tests.Controller;

public sealed class ControllerGrainTests(TestClusterFixture fixture) : ClusterTests(fixture)
{
    [Fact]
    public async Task ChangedPolicy_DecidesTheNextWrite()
    {
        var team = new TeamId("stricter");
        await Cluster.PutTeamAsync(team, Scout);
        var before = await Cluster.RememberAsync(team, Scout, TestCluster.Draft("Short note."));

        var policy = await Cluster.ControllerOf(team).SetPolicyAsync(new TeamPolicy { WordsMin = 5 }, default);
        var after = await Cluster.RememberAsync(team, Scout, TestCluster.Draft("Other note."));

        Assert.Equal(Decision.Admitted, before.Decision);
        Assert.Equal((2, 5), (policy.Version, policy.WordsMin));
        Assert.Equal((Decision.Rejected, "no_content"), (after.Decision, after.Reason));
        Assert.Equivalent(policy, await Cluster.ControllerOf(team).GetPolicyAsync(default), strict: true);
    }

    [Fact]
    public async Task UtilityPolicyOutOfRange_IsRefused()
    {
        var team = new TeamId("utility-ranges");
        await Cluster.PutTeamAsync(team, Scout);
        (string Field, UtilityPolicy Policy)[] cases =
        [
            ("learningRate", new() { LearningRate = 0 }), ("rent", new() { Rent = -0.1 }), ("halfLifeDays", new() { HalfLifeDays = double.NaN }),
            ("pruneUsesMin", new() { PruneUsesMin = 0 }), ("pruneBelow", new() { PruneBelow = 1.5 }), ("exploration", new() { Exploration = 2 }),
        ];
        foreach (var (field, policy) in cases)
        {
            var fault = await Faults.OfAsync(() => Cluster.ControllerOf(team).SetPolicyAsync(new TeamPolicy { Utility = policy }, default));

            Assert.Equal((MemoryFault.BadRequest, field), (fault.Fault, fault.Field));
        }
    }

    [Fact]
    public async Task ForgettingPolicyOutOfRange_IsRefused()
    {
        var team = new TeamId("forgetting-ranges");
        await Cluster.PutTeamAsync(team, Scout);
        (string Field, ForgettingPolicy Policy)[] cases =
        [
            ("unitDays", new() { UnitDays = 0 }), ("warmBelow", new() { WarmBelow = 1.1 }), ("coldBelow", new() { ColdBelow = 0.9 }),
            ("archiveBelow", new() { ArchiveBelow = 0.6 }), ("recordsMax", new() { RecordsMax = -1 }), ("bytesMax", new() { BytesMax = -1 }),
            ("warmBits", new() { WarmBits = 16 }), ("coldBits", new() { WarmBits = 8 }), ("archivedBits", new() { ArchivedBits = 0 }),
        ];
        foreach (var (field, policy) in cases)
        {
            var fault = await Faults.OfAsync(() => Cluster.ControllerOf(team).SetPolicyAsync(new TeamPolicy { Forgetting = policy }, default));

            Assert.Equal((MemoryFault.BadRequest, field), (fault.Fault, fault.Field));
        }
    }

    [Theory]
    [InlineData(double.NaN, 1, 0.5, 1, "mergeSimilarity")]
    [InlineData(1.01, 1, 0.5, 1, "mergeSimilarity")]
    [InlineData(0.9, -1, 0.5, 1, "wordsMin")]
    [InlineData(0.9, 1, -0.1, 1, "candidateWeight")]
    [InlineData(0.9, 1, 0.5, 0, "memoriesMax")]
    public async Task PolicyOutOfRange_IsRefused_AndChangesNothing(double merge, int words, double weight, int memories, string field)
    {
        var team = new TeamId($"ranges-{field}");
        await Cluster.PutTeamAsync(team, Scout);
        var policy = new TeamPolicy { MergeSimilarity = merge, WordsMin = words, CandidateWeight = weight, MemoriesMax = memories };

        var fault = await Faults.OfAsync(() => Cluster.ControllerOf(team).SetPolicyAsync(policy, default));

        Assert.Equal((MemoryFault.BadRequest, field), (fault.Fault, fault.Field));
        Assert.Equal(1, (await Cluster.ControllerOf(team).GetPolicyAsync(default)).Version);
    }
}
