namespace MemoryCluster.Simulations.Scenarios;

/// <summary>Who takes part in every run: two teams with an agent in common, three users, two resources.</summary>
internal static class Cast
{
    public static readonly TenantId Tenant = new("acme");

    public static readonly ImmutableArray<TeamId> Teams = [new("red"), new("blue")];

    public static readonly ImmutableArray<UserId> Users = [new("ann"), new("bob"), new("cy")];

    public static readonly ImmutableArray<ResourceId> Resources = [new("wiki"), new("crm")];

    public static readonly ImmutableArray<RunId> Runs = [new("run-1"), new("run-2"), new("run-3")];

    /// <summary>Of what timelines are read: the session that turns are said in, and the thing that most texts name.</summary>
    public static readonly ImmutableArray<TimelineQuery> Timelines = [new() { Session = "s", Limit = 200 }, new() { Entity = "Mondays", Limit = 200 }];

    public static readonly KeyId Key = new(new Guid("6f1a3c52-0d7e-4b0f-9a54-2f7f3a1c9e10"));

    private static readonly ImmutableArray<AgentId> Agents = [new("planner"), new("coder"), new("tester")];

    public static readonly ImmutableDictionary<TeamId, ImmutableHashSet<AgentId>> Members = new Dictionary<TeamId, ImmutableHashSet<AgentId>>
    {
        [Teams[0]] = [Agents[0], Agents[1]],
        [Teams[1]] = [Agents[1], Agents[2]],
    }.ToImmutableDictionary();

    /// <summary>Every edge that could be.</summary>
    public static readonly ImmutableArray<AccessEdge> Edges =
    [
        .. from user in Users from agent in Agents select (AccessEdge)new AccessEdge.UserAgent(user, agent),
        .. from agent in Agents from resource in Resources select (AccessEdge)new AccessEdge.AgentResource(agent, resource),
    ];

    public static readonly Caller Operator = new() { Tenant = Tenant, Key = Key };

    public static AgentId AgentOf(TeamId team, Random random) =>
        // By name: the order of a hashed set is another in every process.
        Members[team].OrderBy(agent => agent.Value, StringComparer.Ordinal).ElementAt(random.Next(Members[team].Count));

    public static T Any<T>(ImmutableArray<T> choices, Random random) => choices[random.Next(choices.Length)];
}
