using MemoryCluster.Contract;
using MemoryCluster.LoadTests.Chaos;
using MemoryCluster.LoadTests.Checking;
using MemoryCluster.LoadTests.Clients;
using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>Writers and readers at a steady rate on the same memories, and what they saw.</summary>
internal sealed class FleetLoad(FleetSettings settings, ChaosClients clients, ChaosTally tally, TimeProvider clock)
{
    private const int Examiners = 8;

    private readonly HistoryRecorder _recorder = new();
    private readonly MemoryBoard _board = new([.. Enumerable.Range(0, settings.Teams).Select(number => $"fleet-{number}")]);
    private volatile bool _isStopped;

    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        foreach (var team in _board.Teams)
        {
            await clients.Patient.PutTeamAsync(team, new PutTeamRequest { Domain = "chaos" }, cancellationToken);
            await clients.Patient.PutAgentAsync(team, RecordedClient.Agent, cancellationToken: cancellationToken);
        }
    }

    /// <summary>Until it is stopped; each call that is under way then finds its outcome, or gives up.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        .. Enumerable.Range(0, settings.Writers).Select(number => RepeatAsync(
            new RegisterWriter(number, NewClient(), _board, new Random(settings.Seed + number)).StepAsync, settings.Writers, cancellationToken)),
        .. Enumerable.Range(0, settings.Readers).Select(number => RepeatAsync(
            new RegisterReader(NewClient(), _board, new Random(settings.Seed + settings.Writers + number)).StepAsync, settings.Readers, cancellationToken)),
    ]);

    public void Stop() => _isStopped = true;

    /// <summary>Looks at everything once more, and judges all that was seen. A history that is not without fault is left in the folder.</summary>
    public async Task<HistoryVerdict> ExamineAsync(CancellationToken cancellationToken)
    {
        var examiners = Enumerable.Range(0, Examiners).Select(_ => NewClient()).ToArray();
        await new RegisterExaminer(examiners, _board, new Random(settings.Seed)).ExamineAsync(cancellationToken);
        var history = _recorder.Take();
        var verdict = HistoryChecker.Check(history);
        if (!verdict.Holds)
            await HistoryFile.WriteAsync(Path.Combine(settings.Folder, "history.jsonl"), history, cancellationToken);
        return verdict;
    }

    // What comes too late because the cluster did not answer is not made up for.
    private async Task RepeatAsync(Func<CancellationToken, Task> step, int workers, CancellationToken cancellationToken)
    {
        using var due = new PeriodicTimer(TimeSpan.FromSeconds((double)workers / settings.Rate), clock);
        while (!_isStopped && await due.WaitForNextTickAsync(cancellationToken))
            await step(cancellationToken);
    }

    // No idempotency key is one of the caller's own making, or there is none.
    private RecordedClient NewClient() =>
        new(new RecordedCalls(() => clients.Unkeyed, tally, settings.Patience, clock), _recorder.NewProcess(), tally);
}
