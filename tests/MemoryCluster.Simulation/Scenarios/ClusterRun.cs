using MemoryCluster.Embedders;
using MemoryCluster.Grains;
using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.Simulations.Histories;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.Simulations.Scenarios;

/// <summary>The course of one run: set up, let everybody loose, heal, and look at what is left.</summary>
internal sealed class ClusterRun(SimulatedCluster cluster, FaultPlan plan)
{
    private const int Clients = 4;
    private const int ActionsPerClient = 22;
    private const int EdgeChanges = 10;
    private const int PolicyAttempts = 40;

    private static readonly TimeSpan Changing = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ForgettingUnit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Wording = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Longer than a call may take and a stale silo may live.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    /// <summary>The model that the tenant changes to in every other run, and never back.</summary>
    public static readonly EmbedderModel OtherModel = new HashedEmbedder(48).Model;

    private readonly Recorder _recorder = new(cluster);
    private readonly Notebook _notebook = new();
    private ImmutableHashSet<AccessEdge> _edges = [];

    public async Task<History> RunAsync()
    {
        SetFaults(false);
        await SetUpAsync();
        SetFaults(true);
        var nemesis = new Nemesis(cluster, plan, NextRandom());
        RunClient? runs = null;
        var reporting = NextRandom();
        var reported = cluster.Client("reporter").RunAsync(grains => (runs = new RunClient(grains, cluster, reporting)).RunAsync());
        await Task.WhenAll([DisturbAsync(nemesis), reported, EdgesAsync(), EmbedderAsync(), PolicyAsync(), .. Enumerable.Range(1, Clients).Select(ClientAsync)]);
        await nemesis.HealAsync(Settling);
        await cluster.Client("operator").RunAsync(MovedAsync);
        var accounts = new RunAccounts();
        await cluster.Client("reporter").RunAsync(async _ => accounts = await runs!.AccountAsync());
        await cluster.Client("operator").RunAsync(SettledAsync);
        await cluster.Client("auditor").RunAsync(grains => AuditAsync(new Voice(Clients + 1, grains, _recorder)));
        return new History { Calls = _recorder.Calls, Edges = _edges, Members = Cast.Members, MayDouble = plan.Duplicate > 0, Runs = accounts };
    }

    // Healed as soon as it is over: whoever insists until he has an answer must get one some day.
    private static async Task DisturbAsync(Nemesis nemesis)
    {
        await nemesis.RunAsync();
        await nemesis.HealAsync(TimeSpan.Zero);
    }

    private void SetFaults(bool on)
    {
        cluster.AreMessagesFaulty = on;
        cluster.StoreFaults.IsEnabled = on;
    }

    private async Task SetUpAsync()
    {
        var tenant = cluster.Grains.GetGrain<ITenantGrain>(GrainKey.Of(Cast.Tenant));
        foreach (var team in Cast.Teams)
        {
            await tenant.PutTeamAsync(team, "testing", null, default);
            foreach (var agent in Cast.Members[team].OrderBy(agent => agent.Value, StringComparer.Ordinal))
            {
                await tenant.PutAgentAsync(team, agent, null, default);
            }
        }

        await RunClient.SetUpAsync(cluster.Grains);
        var standing = Cast.Edges.Where(_ => cluster.Random.Next(10) < 7).ToList();
        foreach (var edge in standing)
        {
            await tenant.GrantAsync(edge, default);
        }

        _edges = [.. standing];
    }

    private Task ClientAsync(int number)
    {
        var random = NextRandom();
        return cluster.Client($"client-{number}").RunAsync(grains =>
            new RandomClient(number, new Voice(number, grains, _recorder), _notebook, random, cluster.DelayAsync).RunAsync(ActionsPerClient));
    }

    private Task EdgesAsync()
    {
        var random = NextRandom();
        return cluster.Client("edges").RunAsync(grains => new EdgeClient(new Voice(0, grains, _recorder), cluster, random, _edges).RunAsync(EdgeChanges));
    }

    // At some moment of the run, and at whatever fault anew until it is done.
    private Task EmbedderAsync()
    {
        var random = NextRandom();
        return random.Next(2) == 0 ? Task.CompletedTask : cluster.Client("operator").RunAsync(async grains =>
        {
            await cluster.DelayAsync(random.NextDouble() * Changing);
            while (true)
            {
                try
                {
                    await grains.GetGrain<ITenantGrain>(GrainKey.Of(Cast.Tenant)).PutEmbedderAsync(OtherModel, default);
                    return;
                }
                catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException)
                {
                    await cluster.DelayAsync(Pause);
                }
            }
        });
    }

    // In every other run teams forget within seconds and keep few memories, in every other one they offer each other all that they share, and
    // in every other one a model words what it can.
    private Task PolicyAsync()
    {
        var random = NextRandom();
        var policy = new TeamPolicy();
        if (random.Next(2) == 0)
        {
            var budget = random.Next(3) == 0 ? 0 : random.Next(4, 20);
            var (warm, cold, archived) = random.Next(3) switch { 0 => (32, 32, 32), 1 => (32, 8, 4), _ => (8, 4, 2) };
            policy = policy with
            {
                Forgetting = new ForgettingPolicy
                {
                    UnitDays = ForgettingUnit.TotalDays, RecordsMax = budget, WarmBits = warm, ColdBits = cold, ArchivedBits = archived,
                },
            };
        }

        if (random.Next(2) == 0)
        {
            policy = policy with { Diffusion = new DiffusionPolicy { UsesMin = 0, WeightMin = 0, NearnessMin = 0, Kinds = [MemoryKind.Fact, MemoryKind.Lesson, MemoryKind.Insight] } };
        }

        if (random.Next(2) == 0)
        {
            policy = policy with { Consolidation = policy.Consolidation with { WriteSummaries = true } };
        }

        return policy == new TeamPolicy() ? Task.CompletedTask : cluster.Client("operator").RunAsync(async grains =>
        {
            await cluster.DelayAsync(random.NextDouble() * Changing);
            foreach (var team in Cast.Teams)
            {
                await SetPolicyAsync(grains.GetGrain<IControllerGrain>(GrainKey.Of(Cast.Tenant, team)), policy);
            }
        });
    }

    private async Task SetPolicyAsync(IControllerGrain controller, TeamPolicy policy)
    {
        // Not for ever: no silo may be left until the run is healed, and that waits for us.
        for (var attempt = 0; attempt < PolicyAttempts; attempt++)
        {
            try
            {
                await controller.SetPolicyAsync(policy, default);
                return;
            }
#pragma warning disable CA1031 // A store that fails while the controller comes to life throws whatever it likes; the operator tries again.
            catch (Exception)
#pragma warning restore CA1031
            {
                await cluster.DelayAsync(Pause);
            }
        }
    }

    // A change of embedder ends, whatever befell it; one that does not is a run that is stuck.
    private async Task MovedAsync(IGrainFactory grains)
    {
        foreach (var team in Cast.Teams)
        {
            while ((await grains.GetGrain<ITeamGrain>(GrainKey.Of(Cast.Tenant, team)).DescribeAsync(default))!.Statistics.Unembedded > 0)
            {
                await cluster.DelayAsync(Pause);
            }
        }
    }

    // What lost its source is taken back, and what was decided to be sent has been sent; a ledger that never comes to rest is a run that is stuck.
    private async Task SettledAsync(IGrainFactory grains)
    {
        foreach (var team in Cast.Teams)
        {
            var ledger = grains.GetGrain<IDiffusionGrain>(GrainKey.Of(Cast.Tenant, team));
            while (!(await ledger.RunAsync(mayOffer: false, default)).Changed.IsEmpty)
            {
                await cluster.DelayAsync(Pause);
            }
        }
    }

    private static async Task ReadTimelinesAsync(Voice auditor)
    {
        foreach (var (team, timeline, level) in from team in Cast.Teams from timeline in Cast.Timelines from level in Enumerable.Range(0, 4) select (team, timeline, level))
        {
            await auditor.TimelineAsync(team, Cast.Operator, timeline with { Level = level });
        }
    }

    private async Task AuditAsync(Voice auditor)
    {
        // A list passes over a source that another memory stands for, so it is asked for by its id.
        var sources = new List<MemoryId>();
        foreach (var team in Cast.Teams)
        {
            // what is shown, and what is there behind it
            foreach (var state in new MemoryState?[] { null, MemoryState.Merged })
            {
                foreach (var found in (await auditor.ListAsync(team, Cast.Operator, isFinal: true, state))?.Items ?? [])
                {
                    _notebook.Note(found.Id, found.Version, found.Text);
                    sources.Add(found.Diffusion?.Source ?? found.Id);
                }
            }
        }

        foreach (var id in _notebook.Ids.Concat(sources).Distinct().Order().ToList())
        {
            await auditor.GetAsync(id, Cast.Operator, isFinal: true);
        }

        await ReadTimelinesAsync(auditor);
        // what was read is worded, where the team wants it and the model is not silent, and then told so
        await cluster.DelayAsync(Wording);
        await ReadTimelinesAsync(auditor);

        foreach (var user in Cast.Users)
        {
            var team = Cast.Any(Cast.Teams, cluster.Random);
            await auditor.RecallAsync(
                team, Cast.Operator with { Team = team, Agent = Cast.AgentOf(team, cluster.Random), User = user }, "what fails and needs a retry", null);
        }
    }

    private Random NextRandom() => new(cluster.Random.Next());
}
