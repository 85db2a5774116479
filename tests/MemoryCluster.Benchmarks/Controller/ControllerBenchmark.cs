using System.Globalization;
using MemoryCluster.Controller;
using MemoryCluster.Storage.Memory;

namespace MemoryCluster.Benchmarks.Controller;

/// <summary>
/// What a reported run costs its team's controller before the sync: candidates, gate and replays, when the task is new, and when twenty runs of
/// it were reported before.
/// </summary>
internal static class ControllerBenchmark
{
    private const int Rounds = 5;
    private const int Runs = 400;
    private const int Steps = 12;
    private const int RunsOfATask = 20;

    private static readonly TenantId Tenant = new("acme");
    private static readonly TeamId Team = new("red");
    private static readonly DirectorySnapshot Directory = new() { Version = 0 };
    private static int _opened;

    public static Task RunAsync() => Measurement.RunAsync(
        Rounds,
        ("a run of 12 steps, its task new", Runs, count => SubmitAsync(count, number => number)),
        ("a run of 12 steps, one task in 20 runs", Runs, count => SubmitAsync(count, number => number / RunsOfATask)));

    private static async Task SubmitAsync(int count, Func<int, int> taskOf)
    {
        var options = new ControllerEngineOptions { Tenant = Tenant, Team = Team, TeamNumber = 7 };
        await using var engine = await ControllerEngine.OpenAsync(options, new InMemoryShardStores(), TimeProvider.System, new Random(++_opened), default);
        for (var number = 0; number < count; number++)
        {
            await engine.SubmitRunAsync(RunOf(taskOf(number), number), Directory, null, default);
            foreach (var effect in engine.PendingEffects(100))
            {
                var id = MemoryId.New(DateTimeOffset.UnixEpoch, (ulong)effect.Decision.GetHashCode(), 7);
                var result = effect is ControllerEffect.Remember remember
                    ? new RememberResult { Id = id, Decision = remember.Draft.Grant!.Decision, Reason = remember.Draft.Grant.Reason }
                    : null;
                await engine.ConfirmAsync(effect, result, isGone: false, default);
            }
        }
    }

    private static RunDraft RunOf(int task, int number) => new()
    {
        Agent = new AgentId("scout"), Task = Text($"Rebook the passengers of flight {task} to the next day"), Input = "", Domain = "airline",
        Outcome = new RunOutcome { Reward = number % 2 }, WrittenBy = default,
        Steps = [.. Enumerable.Range(0, Steps).Select(step => StepOf(task, step, number))],
    };

    // A tool's answer of some twenty members, of which one in five runs sees one changed.
    private static RunStep StepOf(int task, int step, int number)
    {
        var members = Enumerable.Range(0, 20).Select(member => Text($"\"member_{member}\": \"value {(task * 31) + (step * 7) + member}, seat {member}A\""));
        var seen = number % 5 == 0 ? Text($"\"price\": {number}") : "\"price\": 100";
        return new RunStep
        {
            Agent = new AgentId("scout"), Summary = Text($"Look up reservation {task}-{step}"), Tool = "get_reservation",
            Input = Text($"{{\"id\": \"R{task}-{step}\"}}"), Output = $"{{{string.Join(", ", members)}, {seen}}}",
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
