using System.Globalization;
using MemoryCluster.Grains;
using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.Records;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.Simulations.Scenarios;

/// <summary>
/// Reports runs of a team of its own under idempotency keys until each is answered, forgets some and deletes what others taught; in the end
/// tells what does not fit together.
/// </summary>
internal sealed class RunClient(IGrainFactory grains, SimulatedCluster cluster, Random random)
{
    private const int Runs = 14;
    private const int Tries = 40;
    private const int PauseMaxMs = 800;
    private const int ListMax = 200;

    /// <summary>The team whose runs these are.</summary>
    public static readonly TeamId Team = new("green");

    private static readonly AgentId Agent = new("planner");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HashSet<RunId> _kept = [];
    private readonly HashSet<RunId> _forgotten = [];
    private readonly HashSet<MemoryId> _deleted = [];

    // Calls whose end nobody heard of: they may have had their effect or not.
    private int _unheard;

    private IControllerGrain Controller => grains.GetGrain<IControllerGrain>(GrainKey.Of(Cast.Tenant, Team));

    public static async Task SetUpAsync(IGrainFactory grains)
    {
        var tenant = grains.GetGrain<ITenantGrain>(GrainKey.Of(Cast.Tenant));
        await tenant.PutTeamAsync(Team, "running", null, default);
        await tenant.PutAgentAsync(Team, Agent, null, default);
    }

    public async Task RunAsync()
    {
        for (var number = 0; number < Runs; number++)
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
            }
        }
    }

    /// <summary>What does not fit together, once everything has healed.</summary>
    public async Task<ImmutableArray<string>> AuditAsync()
    {
        while ((await Controller.DescribeAsync(default)).Pending > 0)
        {
            await cluster.DelayAsync(Pause);
        }

        var wrong = ImmutableArray.CreateBuilder<string>();
        var view = await Controller.DescribeAsync(default);
        if (Math.Abs(view.Runs - (_kept.Count - _forgotten.Count)) > _unheard)
        {
            wrong.Add(string.Create(
                CultureInfo.InvariantCulture, $"{_kept.Count} runs were kept, {_forgotten.Count} forgotten, {_unheard} calls unheard of; {view.Runs} are there."));
        }

        var query = new MemoryListQuery { Limit = ListMax, IncludeArchived = true };
        var page = await grains.GetGrain<ITeamGrain>(GrainKey.Of(Cast.Tenant, Team)).ListAsync(Cast.Operator, query, default);
        var decisions = (await Controller.ListDecisionsAsync(Cast.Operator, null, ListMax, default)).Items;
        wrong.AddRange(Once(page.Items));
        wrong.AddRange(Accounted(page.Items, decisions));
        foreach (var memory in page.Items)
        {
            if (await Controller.CertifyAsync(memory.Id, default) is { Holds: false } check)
            {
                wrong.Add($"The certificate of memory {memory.Id} does not hold: {string.Join(' ', check.Differing)} replay otherwise.");
            }
        }

        return wrong.ToImmutable();
    }

    private static IEnumerable<string> Once(ImmutableArray<MemoryRecord> memories) => memories
        .GroupBy(memory => (memory.Provenance.Run, memory.Text))
        .Where(group => group.Count() > 1)
        .Select(group => $"Run {group.Key.Run} taught '{group.Key.Text}' {group.Count()} times: {string.Join(' ', group.Select(memory => memory.Id))}.");

    private IEnumerable<string> Accounted(ImmutableArray<MemoryRecord> memories, ImmutableArray<CandidateDecision> decisions)
    {
        var decided = decisions.Select(decision => decision.Memory).OfType<MemoryId>().ToHashSet();
        foreach (var memory in memories)
        {
            if (!decided.Contains(memory.Id))
            {
                yield return $"Memory {memory.Id} of run {memory.Provenance.Run} is there, and no decision made it.";
            }

            if (memory.Provenance.Run is { } run && _forgotten.Contains(run))
            {
                yield return $"Memory {memory.Id} is there, and its run {run} was forgotten.";
            }

            if (_deleted.Contains(memory.Id))
            {
                yield return $"Memory {memory.Id} is there, and was deleted.";
            }
        }

        var there = memories.Select(memory => memory.Id).ToHashSet();
        foreach (var decision in decisions.Where(decision => decision.Decision is Decision.Admitted or Decision.Candidate))
        {
            if (decision.Memory is not { } made || (!there.Contains(made) && !_deleted.Contains(made) && _unheard == 0))
            {
                yield return $"Decision {decision.Id} of run {decision.Run} made memory {decision.Memory}, which is not there.";
            }
        }
    }

    private async Task ForgetAsync(RunId run)
    {
        var team = grains.GetGrain<ITeamGrain>(GrainKey.Of(Cast.Tenant, Team));
        if (await InsistAsync(() => team.ForgetAsync(Cast.Operator, new ForgetCommand { Team = Team, Run = run }, default)) is not null)
        {
            _forgotten.Add(run);
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
