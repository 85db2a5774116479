using MemoryCluster.Grains;
using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.Records;
using MemoryCluster.Simulations.Histories;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.Simulations.Scenarios;

/// <summary>
/// Reports runs of a team of its own under idempotency keys until each is answered, forgets some and deletes what others taught; in the end
/// tells what is there.
/// </summary>
internal sealed class RunClient(IGrainFactory grains, SimulatedCluster cluster, Random random)
{
    // In some runs so many that the gate learns from them.
    private const int RunsFew = 14;
    private const int RunsMany = 28;
    private const int Tries = 40;
    private const int PauseMaxMs = 800;
    private const int ListMax = 200;
    private const int UsedMax = 6;

    /// <summary>The team whose runs these are.</summary>
    public static readonly TeamId Team = new("green");

    private static readonly AgentId Agent = new("planner");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HashSet<RunId> _kept = [];
    private readonly HashSet<RunId> _forgotten = [];
    private readonly Dictionary<RunId, DateTimeOffset> _forgottenAt = [];
    private readonly HashSet<MemoryId> _deleted = [];
    private readonly Dictionary<MemoryId, (int Least, int Most)> _reported = [];

    // Calls whose end nobody heard of: they may have had their effect or not.
    private int _unheard;

    private IControllerGrain Controller => grains.GetGrain<IControllerGrain>(GrainKey.Of(Cast.Tenant, Team));

    public static async Task SetUpAsync(IGrainFactory grains)
    {
        var tenant = grains.GetGrain<ITenantGrain>(GrainKey.Of(Cast.Tenant));
        await tenant.PutTeamAsync(Team, "running", null, default);
        await tenant.PutAgentAsync(Team, Agent, null, default);
        await tenant.PutReplayerAsync(OutsideWorld.Replayer, "https://agents.example.org/", "0123456789abcdef", default);
    }

    public async Task RunAsync()
    {
        var runs = random.Next(4) == 0 ? RunsMany : RunsFew;
        for (var number = 0; number < runs; number++)
        {
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(random.Next(PauseMaxMs)));
            var operation = new OperationId(Hash128.Of("run", $"{number}"), Hash128.Of("body", $"{number}"));
            var draft = Draft();
            var agent = grains.GetGrain<IAgentGrain>(GrainKey.Of(Cast.Tenant, Team, Agent));
            if (await InsistAsync(() => agent.SubmitRunAsync(draft, operation, default)) is not { } report)
            {
                continue;
            }

            _kept.Add(report.Run.Id);
            switch (random.Next(5))
            {
                case 0:
                    await ForgetAsync(report.Run.Id);
                    break;
                case 1:
                    await DeleteAsync(report);
                    break;
                case 2 or 3:
                    await UseAsync(report);
                    break;
            }
        }
    }

    /// <summary>What there is, once everything has healed.</summary>
    public async Task<RunAccounts> AccountAsync()
    {
        // what was to be told was told, and what was to be replayed was replayed, whatever befell it; else the run is stuck
        while (await Controller.DescribeAsync(default) is { Pending: > 0 } or { ReplaysDue: > 0 })
        {
            await cluster.DelayAsync(Pause);
        }

        var query = new MemoryListQuery { Limit = ListMax, IncludeArchived = true };
        var team = grains.GetGrain<ITeamGrain>(GrainKey.Of(Cast.Tenant, Team));
        // a list passes over what another memory on it stands for, and that is there as well
        var found = await team.ListAsync(Cast.Operator, query, default);
        var merged = await team.ListAsync(Cast.Operator, query with { State = MemoryState.Merged }, default);
        // what other teams offer is no run's, nor what consolidation makes of it
        var own = found.Items.Concat(merged.Items).DistinctBy(memory => memory.Id).Where(memory => memory.Diffusion is null && memory.Provenance.DerivedFrom.IsEmpty).ToArray();
        var uncertified = ImmutableArray.CreateBuilder<MemoryId>();
        foreach (var memory in own)
        {
            if (await Controller.CertifyAsync(memory.Id, default) is { Holds: false })
            {
                uncertified.Add(memory.Id);
            }
        }

        var decisions = await Controller.ListDecisionsAsync(Cast.Operator, null, ListMax, default);
        return new RunAccounts
        {
            Directory = await grains.GetGrain<ITenantGrain>(GrainKey.Of(Cast.Tenant)).GetSnapshotAsync(default),
            Kept = [.. _kept], Forgotten = [.. _forgotten], Deleted = [.. _deleted], Unheard = _unheard, Uncertified = uncertified.ToImmutable(),
            There = (await Controller.DescribeAsync(default)).Runs,
            Uses = [.. own.Select(memory => (memory.Id, memory.Utility.Uses, memory.Utility.Replayed))],
            Reported = _reported.ToImmutableDictionary(),
            Memories = [.. own.Select(memory => (memory.Id, memory.Provenance.Run, memory.Text))],
            Decisions = [.. decisions.Items.Select(decision => (decision.Run, decision.Decision, decision.Memory))],
            ForgottenAt = _forgottenAt.ToImmutableDictionary(),
            Replays = [.. decisions.Items.SelectMany(decision => decision.Replays.Select(pair => (decision.Id, pair)))],
            ReplaysFailed = [.. decisions.Items.SelectMany(decision => decision.Failures.Select(failure => (decision.Id, failure)))],
        };
    }

    // Looks up what earlier runs of the task taught, and says that this one was the better for it: reported twice, it counts once.
    private async Task UseAsync(RunReport report)
    {
        var caller = new Caller { Tenant = Cast.Tenant, Key = Cast.Key, Team = Team, Agent = Agent };
        // of its own team alone: what others have is counted elsewhere
        var query = new RecallQuery { Team = Team, Caller = caller, Text = report.Run.Run.Task, K = UsedMax, Scopes = RecallScopes.Team };
        if (await InsistAsync(() => grains.GetGrain<IRecallGrain>(GrainKey.Of(Cast.Tenant)).RecallAsync(query, default)) is not { Hits.IsEmpty: false } answer)
        {
            return;
        }

        var outcome = new RecallOutcome { Recall = answer.Id, Reward = random.NextDouble(), Run = report.Run.Id };
        var team = grains.GetGrain<ITeamGrain>(GrainKey.Of(Cast.Tenant, Team));
        var isKnown = false;
        for (var time = 0; time < 2; time++)
        {
            var told = await InsistAsync<object>(async () => await team.RecordOutcomeAsync(caller, outcome, default));
            isKnown |= told is true;
        }

        foreach (var hit in answer.Hits)
        {
            var (least, most) = _reported.GetValueOrDefault(hit.Memory.Id);
            _reported[hit.Memory.Id] = (least + (isKnown ? 1 : 0), most + 1);
        }
    }

    private async Task ForgetAsync(RunId run)
    {
        var team = grains.GetGrain<ITeamGrain>(GrainKey.Of(Cast.Tenant, Team));
        if (await InsistAsync(() => team.ForgetAsync(Cast.Operator, new ForgetCommand { Team = Team, Run = run }, default)) is not null)
        {
            _forgotten.Add(run);
            _forgottenAt[run] = cluster.Clock.GetUtcNow();
        }
    }

    // What others merged into it goes with it; the decisions that name it are then as good as erased.
    private async Task DeleteAsync(RunReport report)
    {
        if (report.Decisions.Select(decision => decision.Memory).OfType<MemoryId>().FirstOrDefault() is { } made && made != default)
        {
            var memories = grains.GetGrain<IMemoryGrain>(GrainKey.Of(Cast.Tenant));
            var unheard = _unheard;
            await InsistAsync(() => memories.DeleteAsync(new DeleteCommand(made, false, null), Cast.Operator, default));
            if (_unheard == unheard)
            {
                _deleted.Add(made);
            }
        }
    }

    // Again and again until there is an answer; a memory that is not there any more is one.
    private async Task<T?> InsistAsync<T>(Func<Task<T>> call)
        where T : class
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            try
            {
                return await call();
            }
            catch (MemoryClusterException e) when (e.Fault == MemoryFault.NotFound)
            {
                return null;
            }
            catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException)
            {
                await cluster.DelayAsync(Pause);
            }
        }

        _unheard++;
        return null;
    }

    private RunDraft Draft()
    {
        var order = random.Next(3);
        var found = random.Next(4) == 0 ? "cancelled by a clerk" : "paid by card";
        return new RunDraft
        {
            Evaluation = random.Next(3) == 0 ? new RunEvaluation(OutsideWorld.Replayer, null) : null,
            Agent = Agent, Task = $"Refund order {order}", Input = "", Domain = "shop", Outcome = new RunOutcome { Reward = random.Next(2) },
            WrittenBy = Cast.Key,
            Steps =
            [
                new RunStep { Agent = Agent, Summary = "Look up the order", Tool = "get_order", Input = $"{order}", Output = $"Order {order} was {found} in spring." },
                new RunStep { Agent = Agent, Summary = "Refund it", Tool = "refund", Input = $"{order}", Output = $"Refunded {random.Next(100, 200)} dollars." },
            ],
        };
    }
}
