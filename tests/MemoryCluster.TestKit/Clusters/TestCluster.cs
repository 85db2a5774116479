using System.Collections.Immutable;
using MemoryCluster.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MemoryCluster.TestKit.Clusters;

/// <summary>A running cluster in this process, on in-memory stores, and the words in which tests speak to it.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    /// <summary>The tenant of every test.</summary>
    public static readonly TenantId Tenant = new("acme");

    private readonly IHost _host;
    private readonly IReadOnlyList<IHost> _beside;

    private TestCluster(IHost host, IReadOnlyList<IHost> beside) => (_host, _beside) = (host, beside);

    /// <summary>The grains.</summary>
    public IGrainFactory Grains => (_beside.Count > 0 ? _beside[^1] : _host).Services.GetRequiredService<IGrainFactory>();

    /// <summary>The stores under the grains.</summary>
    public SwitchableStores Stores => _host.Services.GetRequiredService<SwitchableStores>();

    /// <summary>The embedder of every silo.</summary>
    public SwitchableEmbedder Embedder => _host.Services.GetRequiredService<SwitchableEmbedder>();

    /// <summary>The tenant's directory.</summary>
    public ITenantGrain Directory => Grains.GetGrain<ITenantGrain>(GrainKey.Of(Tenant));

    /// <summary>Starts a cluster, after the test has said what is to be different.</summary>
    public static async Task<TestCluster> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var host = Build(configure, first: null);
        await host.StartAsync();
        return new TestCluster(host, await TestEngine.WidenAsync(() => Build(configure, host)));
    }

    private static IHost Build(Action<IServiceCollection>? configure, IHost? first)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        configure?.Invoke(builder.Services);
        builder.AddTestCluster(seed: 1, first);
        return builder.Build();
    }

    /// <summary>Makes a team with agents.</summary>
    public async Task PutTeamAsync(TeamId team, params AgentId[] agents)
    {
        await Directory.PutTeamAsync(team, "ops", description: null, default);
        foreach (var agent in agents)
        {
            await Directory.PutAgentAsync(team, agent, role: null, default);
        }
    }

    /// <summary>An agent of a team, on behalf of a user or of nobody.</summary>
    public static Caller CallerOf(TeamId team, AgentId agent, UserId? user = null) =>
        new() { Tenant = Tenant, Key = default, Team = team, Agent = agent, User = user };

    /// <summary>A draft of a fact.</summary>
    public static MemoryDraft Draft(string text, Visibility visibility = Visibility.Team, UserId? user = null) =>
        new() { Text = text, Kind = MemoryKind.Fact, Visibility = visibility, User = user, WrittenBy = default };

    /// <summary>Remembers a draft as the agent.</summary>
    public Task<RememberResult> RememberAsync(TeamId team, AgentId agent, MemoryDraft draft, OperationId? operation = null) =>
        AgentOf(team, agent).RememberAsync(draft, operation, default);

    /// <summary>Remembers drafts as the agent, in one call.</summary>
    public Task<ImmutableArray<RememberOutcome>> RememberManyAsync(TeamId team, AgentId agent, IEnumerable<MemoryDraft> drafts)
    {
        ImmutableArray<MemoryDraft> all = [.. drafts];
        return AgentOf(team, agent).RememberManyAsync(all, [.. all.Select(_ => (OperationId?)null)], default);
    }

    /// <summary>Recalls as the caller, whose team is asked first.</summary>
    public Task<RecallAnswer> RecallAsync(Caller caller, string text, int k = 10, long? minSeq = null) =>
        Grains.GetGrain<IRecallGrain>(GrainKey.Of(Tenant)).RecallAsync(
            new RecallQuery { Team = caller.Team!.Value, Caller = caller, Text = text, K = k, MinSeq = minSeq }, default);

    /// <summary>The team's grain.</summary>
    public ITeamGrain TeamOf(TeamId team) => Grains.GetGrain<ITeamGrain>(GrainKey.Of(Tenant, team));

    /// <summary>The door to memories by id.</summary>
    public IMemoryGrain Memories => Grains.GetGrain<IMemoryGrain>(GrainKey.Of(Tenant));

    /// <summary>The team's controller.</summary>
    public IControllerGrain ControllerOf(TeamId team) => Grains.GetGrain<IControllerGrain>(GrainKey.Of(Tenant, team));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _beside.Reverse().Append(_host))
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    private IAgentGrain AgentOf(TeamId team, AgentId agent) => Grains.GetGrain<IAgentGrain>(GrainKey.Of(Tenant, team, agent));
}
