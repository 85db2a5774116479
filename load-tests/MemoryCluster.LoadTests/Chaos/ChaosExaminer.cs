using MemoryCluster.Client;
using MemoryCluster.Contract;

namespace MemoryCluster.LoadTests.Chaos;

/// <summary>Holds what the server shows against what the writers know, through the API alone.</summary>
internal sealed class ChaosExaminer(MemoryClusterClient client, ChaosTally tally, Random random)
{
    private const int SampleAfterRestart = 40;
    private const int RecallsAtEnd = 300;
    private const int RecallDepth = 10;
    private const int CallsInFlight = 16;

    // On a machine that is busy elsewhere a recall's time may run out again and again.
    private const int AsksMax = 20;

    /// <summary>Looks at some memories by id; the writers are held.</summary>
    public async Task SampleAsync(IEnumerable<TrackedMemory> memories, CancellationToken cancellationToken)
    {
        var known = memories.Where(memory => memory is { IsBusy: false, Id: not null }).ToArray();
        random.Shuffle(known);
        await ForEachAsync(known.Take(SampleAfterRestart), LookAtAsync, cancellationToken);
    }

    /// <summary>Looks at everything by id, by list and by recall; the writers are at rest.</summary>
    public async Task ExamineAsync(IEnumerable<TrackedMemory> memories, CancellationToken cancellationToken)
    {
        foreach (var team in memories.GroupBy(memory => memory.Team))
        {
            var tracked = team.ToArray();
            await CompareListAsync(team.Key, tracked, cancellationToken);
            await ForEachAsync(tracked.Where(memory => memory.Id is not null), LookAtAsync, cancellationToken);
            random.Shuffle(tracked);
            await ForEachAsync(
                tracked.Where(memory => memory.Fate != MemoryFate.Unknown).Take(RecallsAtEnd), AskForAsync, cancellationToken);
        }
    }

    private static Task ForEachAsync(
        IEnumerable<TrackedMemory> memories, Func<TrackedMemory, CancellationToken, Task> look, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            memories, new ParallelOptions { MaxDegreeOfParallelism = CallsInFlight, CancellationToken = cancellationToken },
            async (memory, token) => await look(memory, token));

    private async Task LookAtAsync(TrackedMemory memory, CancellationToken cancellationToken)
    {
        Hold(tally, memory, await FindAsync(memory.Id!, cancellationToken));
    }

    /// <summary>What is shown by id, against what the memory's writer knows.</summary>
    public static void Hold(ChaosTally tally, TrackedMemory memory, MemoryResponse? found)
    {
        tally.Count("looks by id");
        if (memory.Fate == MemoryFate.Deleted && found is not null)
            tally.Violate("resurrected", $"{memory.Token} {memory.Id} is there by id");
        else if (memory.Fate == MemoryFate.Live && found is null)
            tally.Violate("lost", $"{memory.Token} {memory.Id} is not there by id");
        else if (memory.Fate == MemoryFate.Live)
            Compare(tally, memory, found!);
    }

    private async Task<MemoryResponse?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetMemoryAsync(id, cancellationToken);
        }
        catch (MemoryClusterException absent) when (absent.Fault == MemoryFault.NotFound)
        {
            return null;
        }
    }

    private static void Compare(ChaosTally tally, TrackedMemory memory, MemoryResponse found)
    {
        if (found.Version < memory.Version)
            tally.Violate("history", $"{memory.Token} is at version {found.Version}, {memory.Version} was acknowledged");
        else if (found.Text != memory.Text)
            tally.Violate("lost", $"{memory.Token} has another text than was acknowledged");
    }

    private async Task CompareListAsync(string team, IReadOnlyList<TrackedMemory> memories, CancellationToken cancellationToken)
    {
        var listed = new Dictionary<string, List<MemoryResponse>>(StringComparer.Ordinal);
        await foreach (var memory in client.ListMemoriesAsync(new MemoryFilter { Team = team, PageSize = 100 }, cancellationToken))
        {
            var token = memory.Text[..memory.Text.IndexOf(' ', StringComparison.Ordinal)];
            if (!listed.TryGetValue(token, out var copies))
                listed[token] = copies = [];
            copies.Add(memory);
        }

        tally.Count("memories listed", listed.Values.Sum(copies => copies.Count));
        foreach (var memory in memories)
            CompareCopies(memory, listed.Remove(memory.Token, out var copies) ? copies : []);
        foreach (var token in listed.Keys)
            tally.Violate("phantom", $"{token} was never written");
    }

    private void CompareCopies(TrackedMemory memory, List<MemoryResponse> copies)
    {
        if (copies.Count > 1)
            tally.Violate("duplicate", $"{memory.Token} is listed {copies.Count} times");
        else if (memory.Fate == MemoryFate.Deleted && copies.Count > 0)
            tally.Violate("resurrected", $"{memory.Token} is listed");
        else if (memory.Fate == MemoryFate.Live && copies.Count == 0)
            tally.Violate("lost", $"{memory.Token} is not listed");
        else if (memory.Fate == MemoryFate.Live && copies.Count == 1)
            Compare(tally, memory, copies[0]);
    }

    private async Task AskForAsync(TrackedMemory memory, CancellationToken cancellationToken)
    {
        tally.Count("recalls");
        for (var asked = 1; ; asked++)
        {
            var answer = await client.RecallAsync(
                new RecallRequest { Team = memory.Team, Agent = memory.Agent, Query = memory.Text, K = RecallDepth }, cancellationToken);
            var isThere = answer.Hits.Any(hit => hit.Id == memory.Id || hit.Text.StartsWith($"{memory.Token} ", StringComparison.Ordinal));
            if (memory.Fate == MemoryFate.Deleted && isThere)
                tally.Violate("resurrected", $"{memory.Token} is recalled");
            // A partial answer says that something may be missing from it: it proves no loss, and no deletion either.
            if (answer.Partial && !isThere && asked < AsksMax)
            {
                tally.Count("recalls that were partial and asked again");
                continue;
            }

            if (memory.Fate == MemoryFate.Live && !isThere)
                tally.Violate("lost", $"{memory.Token} is not recalled by its own text{(answer.Partial ? ", and every answer was partial" : "")}");
            return;
        }
    }
}
