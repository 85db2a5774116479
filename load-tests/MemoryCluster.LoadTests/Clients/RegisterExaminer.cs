namespace MemoryCluster.LoadTests.Clients;

/// <summary>Looks at everything at the end, in lists, by id and by recall; what it is shown is judged with the rest of the history.</summary>
internal sealed class RegisterExaminer(IReadOnlyList<RecordedClient> clients, MemoryBoard board, Random random)
{
    private const int RecallsInTeam = 200;

    // On a machine that is busy elsewhere a recall's time may run out again and again.
    private const int AsksMax = 20;

    public async Task ExamineAsync(CancellationToken cancellationToken)
    {
        var memories = board.All;
        await ShareAsync(board.Teams, (client, team) => client.ListAsync(team, cancellationToken));
        await ShareAsync(memories, (client, memory) => client.ReadAsync(memory, cancellationToken));
        var recalled = memories.GroupBy(memory => memory.Team).SelectMany(team => team.OrderBy(_ => random.Next()).Take(RecallsInTeam)).ToList();
        await ShareAsync(recalled, (client, memory) => RecallAsync(client, memory, cancellationToken));
    }

    private static async Task RecallAsync(RecordedClient client, KnownMemory memory, CancellationToken cancellationToken)
    {
        for (var asked = 1; !await client.RecallAsync(memory, namesWrite: true, cancellationToken) && asked < AsksMax; asked++)
        {
            // A partial answer says that something may be missing from it: it proves no loss.
        }
    }

    // Each client goes through its own part, one call after the other.
    private Task ShareAsync<T>(IReadOnlyList<T> all, Func<RecordedClient, T, Task> look) => Task.WhenAll(clients.Select(async (client, index) =>
    {
        for (var i = index; i < all.Count; i += clients.Count)
            await look(client, all[i]);
    }));
}
