using MemoryCluster.Access;

namespace MemoryCluster.Core.Tests.Access;

public sealed class AccessViewTests
{
    private const int Names = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RandomGraphs_AgreeWithThePaperSFormula(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var directory = RandomDirectory(random);
            var caller = RandomCaller(random);
            var (team, visibility, provenance) = RandomLabel(random);

            var expected = Formula(caller, directory, team, visibility, provenance);

            Assert.True(
                expected == AccessView.Of(caller, directory).MaySee(team, visibility, provenance),
                $"seed {seed}, round {round}: {caller} {team} {visibility} {provenance}, expected {expected}");
        }
    }

    [Fact]
    public void UserWithoutEdges_SeesNothing()
    {
        var caller = CallerOf(new TeamId("t0"), new AgentId("a0"), new UserId("u0"));
        var own = new Provenance { User = new UserId("u0"), Agents = [new AgentId("a0")] };

        Assert.False(AccessView.Of(caller, new DirectorySnapshot { Version = 1 }).MaySee(new TeamId("t0"), Visibility.Private, own));
    }

    [Fact]
    public void Revocation_HidesWhatWasWrittenBefore()
    {
        var caller = CallerOf(new TeamId("t0"), new AgentId("a0"), null);
        var memory = new Provenance { Agents = [new AgentId("a0")], Resources = [new ResourceId("r0")] };
        var granted = new DirectorySnapshot
        {
            Version = 1,
            Usable = ImmutableDictionary<AgentId, ImmutableHashSet<ResourceId>>.Empty.Add(new AgentId("a0"), [new ResourceId("r0")]),
        };

        Assert.True(AccessView.Of(caller, granted).MaySee(new TeamId("t0"), Visibility.Team, memory));
        Assert.False(AccessView.Of(caller, new DirectorySnapshot { Version = 2 }).MaySee(new TeamId("t0"), Visibility.Team, memory));
    }

    // Written from the paper's sets, not from the code under test.
    private static bool Formula(Caller caller, DirectorySnapshot directory, TeamId team, Visibility visibility, Provenance m)
    {
        if (caller is { Team: null, Agent: null, User: null })
        {
            return true;
        }

        var callable = caller.User is { } u && directory.Callable.TryGetValue(u, out var agents) ? agents.ToHashSet() : [];
        var usable = caller.Agent is { } a && directory.Usable.TryGetValue(a, out var resources) ? resources.ToHashSet() : [];
        var memberOfTeam = caller.Team is not null
            ? caller.Team == team
            : caller.Agent is null || (directory.Teams.TryGetValue(team, out var record) && record.Agents.ContainsKey(caller.Agent.Value));
        var tier = (visibility == Visibility.Shared)
            || (visibility == Visibility.Team && memberOfTeam)
            || (visibility == Visibility.Private && memberOfTeam && caller.User is not null && m.User == caller.User);
        var agentsWithin = caller.User is null
            || (m.Agents.ToHashSet().IsSubsetOf(callable) && (caller.Agent is null || callable.Contains(caller.Agent.Value)));
        return tier && agentsWithin && m.Resources.ToHashSet().IsSubsetOf(usable);
    }

    private static DirectorySnapshot RandomDirectory(Random random)
    {
        var snapshot = new DirectorySnapshot { Version = 1 };
        for (var i = 0; i < Names; i++)
        {
            var team = new TeamRecord { Id = new TeamId($"t{i}"), Number = (uint)i + 1, Domain = "d", CreatedAt = default };
            foreach (var agent in Some(random, "a", name => new AgentId(name)))
            {
                team = team with { Agents = team.Agents.SetItem(agent, new AgentRecord { Id = agent, CreatedAt = default }) };
            }

            snapshot = snapshot with
            {
                Teams = snapshot.Teams.Add(team.Id, team),
                Callable = snapshot.Callable.Add(new UserId($"u{i}"), [.. Some(random, "a", name => new AgentId(name))]),
                Usable = snapshot.Usable.Add(new AgentId($"a{i}"), [.. Some(random, "r", name => new ResourceId(name))]),
            };
        }

        return snapshot;
    }

    private static Caller RandomCaller(Random random) => CallerOf(
        random.Next(4) > 0 ? new TeamId($"t{random.Next(Names)}") : null,
        random.Next(4) > 0 ? new AgentId($"a{random.Next(Names)}") : null,
        random.Next(2) > 0 ? new UserId($"u{random.Next(Names)}") : null);

    private static (TeamId Team, Visibility Visibility, Provenance Provenance) RandomLabel(Random random) => (
        new TeamId($"t{random.Next(Names)}"),
        (Visibility)random.Next(1, 4),
        new Provenance
        {
            User = random.Next(2) > 0 ? new UserId($"u{random.Next(Names)}") : null,
            Agents = [new AgentId($"a{random.Next(Names)}"), .. Some(random, "a", name => new AgentId(name)).Take(random.Next(2))],
            Resources = [.. Some(random, "r", name => new ResourceId(name)).Take(random.Next(3))],
        });

    private static List<T> Some<T>(Random random, string prefix, Func<string, T> make) =>
        Enumerable.Range(0, Names).Where(_ => random.Next(2) > 0).Select(i => make($"{prefix}{i}")).ToList();

    private static Caller CallerOf(TeamId? team, AgentId? agent, UserId? user) =>
        new() { Tenant = new TenantId("acme"), Key = default, Team = team, Agent = agent, User = user };
}
