using MemoryCluster.Client;
using MemoryCluster.Contract;

namespace MemoryCluster.LoadTests.Chaos;

/// <summary>
/// One writer: writes with and without idempotency keys, changes, deletes, one call after the other. After a call whose outcome is
/// unknown it waits for the host and finds out, as a careful client would.
/// </summary>
internal sealed class ChaosWriter
{
    private readonly MemoryClusterClient _keyed;
    private readonly MemoryClusterClient _unkeyed;
    private readonly HostGate _gate;
    private readonly ChaosTally _tally;
    private readonly Random _random;
    private readonly ChaosTexts _texts;
    private readonly List<TrackedMemory> _memories = [];
    private readonly string _team;
    private readonly string _agent;
    private volatile bool _isStopped;

    private ChaosWriter(int number, string team, ChaosClients clients, HostGate gate, ChaosTally tally, int seed)
    {
        _keyed = clients.Keyed;
        _unkeyed = clients.Unkeyed;
        _gate = gate;
        _tally = tally;
        _random = new Random(seed);
        _texts = new ChaosTexts(number, _random);
        _agent = $"writer-{number}";
        _team = team;
    }

    /// <summary>Writers numbered from 0, dealt to teams that are made for them, each with an agent of its own.</summary>
    public static async Task<ChaosWriter[]> JoinAsync(
        int count, int teams, ChaosClients clients, HostGate gate, ChaosTally tally, int seed, CancellationToken cancellationToken)
    {
        for (var team = 0; team < teams; team++)
            await clients.Keyed.Team(TeamOf(team)).PutAsync("chaos", cancellationToken: cancellationToken);
        var writers = Enumerable.Range(0, count)
            .Select(number => new ChaosWriter(number, TeamOf(number % teams), clients, gate, tally, seed + 1 + number))
            .ToArray();
        foreach (var writer in writers)
            await clients.Keyed.PutAgentAsync(writer._team, writer._agent, cancellationToken: cancellationToken);
        return writers;

        static string TeamOf(int number) => $"chaos-{number}";
    }

    /// <summary>Everything it ever wrote; read it while the gate is closed.</summary>
    public IReadOnlyList<TrackedMemory> Memories => _memories;

    /// <summary>Goes on until it is stopped; the step it is in it finishes, so that nothing but writes without a key is left unknown.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!_isStopped)
            {
                await _gate.WhenUpAsync(cancellationToken);
                await StepAsync(cancellationToken);
            }
        }
        catch (MemoryClusterException refusal)
        {
            // No kill excuses it; this writer ends, and the run with a violation.
            _tally.Violate("refused", $"{_agent}: {refusal.Message} ({refusal.Code})");
        }
    }

    public void Stop() => _isStopped = true;

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        await ChangeSomethingAsync(cancellationToken);
        await LookBackAsync(cancellationToken);
    }

    private Task ChangeSomethingAsync(CancellationToken cancellationToken)
    {
        var choice = _random.NextDouble();
        if (choice < 0.55)
            return WriteAsync($"{_agent}-{_memories.Count}", cancellationToken);
        if (choice < 0.70)
            return WriteAsync(key: null, cancellationToken);
        return PickLive() is not { } memory ? WriteAsync($"{_agent}-{_memories.Count}", cancellationToken)
            : choice < 0.85 ? DeleteAsync(memory, cancellationToken)
            : ChangeAsync(memory, cancellationToken);
    }

    // Nobody else touches this writer's memories: whoever answers, and whichever owner froze meanwhile, it must be what was acknowledged.
    private async Task LookBackAsync(CancellationToken cancellationToken)
    {
        var memory = _memories[_random.Next(_memories.Count)];
        if (memory is not { IsBusy: false, Id: { } id })
            return;
        try
        {
            ChaosExaminer.Hold(_tally, memory, await _keyed.GetMemoryAsync(id, cancellationToken));
        }
        catch (MemoryClusterException none) when (none.Code == "memory_not_found")
        {
            ChaosExaminer.Hold(_tally, memory, found: null);
        }
        catch (MemoryClusterException fault) when (fault.Fault.IsTransient())
        {
            _tally.Count($"looks back that ended in {fault.Code}");
        }
    }

    private TrackedMemory? PickLive()
    {
        // Some tries only: a writer that has deleted nearly all of its memories writes a new one instead.
        for (var attempt = 0; attempt < 8 && _memories.Count > 0; attempt++)
        {
            var memory = _memories[_random.Next(_memories.Count)];
            if (memory.Fate == MemoryFate.Live)
                return memory;
        }

        return null;
    }

    private async Task WriteAsync(string? key, CancellationToken cancellationToken)
    {
        var token = _texts.NextToken();
        var memory = new TrackedMemory(_team, _agent, token, _texts.NextText(token));
        _memories.Add(memory);
        var request = new RememberRequest { Team = _team, Agent = _agent, Text = memory.Text, Kind = MemoryKind.Episode };
        var answer = key is null
            ? await OnceAsync(() => _unkeyed.RememberAsync(request, cancellationToken: cancellationToken))
            : await UntilKnownAsync(() => _keyed.RememberAsync(request, key, cancellationToken), cancellationToken);
        if (answer?.Decision is Decision.Admitted or Decision.Candidate)
        {
            memory.Acknowledge(answer.Id, answer.Version);
            _tally.Count(key is null ? "writes without a key" : "writes with a key");
        }
        else if (answer is not null)
        {
            _tally.Violate("not kept", $"{token} was {answer.Decision} ({answer.Reason})");
        }

        memory.IsBusy = false;
    }

    private async Task DeleteAsync(TrackedMemory memory, CancellationToken cancellationToken)
    {
        memory.IsBusy = true;
        await UntilKnownAsync(() => _keyed.DeleteMemoryAsync(memory.Id!, $"delete-{memory.Token}", cancellationToken), cancellationToken);
        memory.Delete();
        memory.IsBusy = false;
        _tally.Count("deletes");
    }

    private async Task ChangeAsync(TrackedMemory memory, CancellationToken cancellationToken)
    {
        memory.IsBusy = true;
        var text = _texts.NextText(memory.Token);
        var changes = new PatchMemoryRequest { Text = text };
        var isKeyed = _random.NextDouble() < 0.5;
        Func<Task<MemoryResponse>> change = isKeyed
            ? () => _keyed.PatchMemoryAsync(memory.Id!, memory.Version, changes, $"change-{memory.Token}{memory.Version}", cancellationToken)
            : () => _unkeyed.PatchMemoryAsync(memory.Id!, memory.Version, changes, cancellationToken: cancellationToken);
        // Without a key the memory itself tells whether the change took effect.
        var changed = isKeyed
            ? await UntilKnownAsync(change, cancellationToken)
            : await OnceAsync(change) ?? await UntilKnownAsync(() => _keyed.GetMemoryAsync(memory.Id!, cancellationToken), cancellationToken);
        if (changed.Version == memory.Version + 1 && changed.Text == text)
        {
            memory.Change(text, changed.Version);
            _tally.Count("changes");
        }
        else if (changed.Version != memory.Version || changed.Text != memory.Text)
        {
            _tally.Violate("history", $"{memory.Token} went from version {memory.Version} to {changed.Version} with another text");
        }

        memory.IsBusy = false;
    }

    /// <summary>Null where the outcome is unknown, or nothing was done.</summary>
    private async Task<T?> OnceAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (MemoryClusterException fault) when (fault.Fault.IsTransient())
        {
            _tally.Count($"calls that ended in {fault.Code}");
            return null;
        }
    }

    /// <summary>Repeats a call that may be repeated until its outcome is known.</summary>
    private async Task<T> UntilKnownAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            await _gate.WhenUpAsync(cancellationToken);
            if (await OnceAsync(call) is { } answer)
                return answer;
        }
    }
}
