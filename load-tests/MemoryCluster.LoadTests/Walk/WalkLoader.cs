using System.Globalization;
using MemoryCluster.Client;
using MemoryCluster.Contract;
using MemoryCluster.LoadTests.Corpus;

namespace MemoryCluster.LoadTests.Walk;

/// <summary>Fills the teams before anything is measured.</summary>
internal static class WalkLoader
{
    private const int BatchMemories = 100;
    private const int BatchesInFlight = 8;
    private const int AttemptsMax = 10;
    private const string Session = "loading";

    public static async Task<LoadingFigures> LoadAsync(
        MemoryClusterClient client, IReadOnlyList<string> texts, int memories, int teams, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Twice as many as are filled: the others take the writes of the warm-up.
        for (var team = 0; team < 2 * teams; team++)
            await (await PutTeamAsync(client, team, cancellationToken)).AddAgentAsync(WalkRequests.Agent, cancellationToken: cancellationToken);

        var began = clock.GetTimestamp();
        var batches = Dealing.Deal(texts, memories, teams)
            .Select((dealt, number) => WalkRequests.Memory(dealt.Team, dealt.Text, Session, number))
            .Chunk(BatchMemories)
            .Select((batch, number) => (Memories: batch, Key: string.Create(CultureInfo.InvariantCulture, $"load-{Environment.ProcessId}-{began}-{number}")));
        var options = new ParallelOptions { MaxDegreeOfParallelism = BatchesInFlight, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(batches, options, async (batch, token) => await LoadAsync(client, batch.Memories, batch.Key, token));
        var elapsed = clock.GetElapsedTime(began).TotalSeconds;
        return new LoadingFigures(memories, Math.Min(texts.Count, memories), teams, elapsed, memories / elapsed);
    }

    // A cluster that has just started, or a machine that others use, may leave a write's outcome unknown: under its key it is repeated.
    private static async Task LoadAsync(MemoryClusterClient client, RememberRequest[] batch, string key, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var results = await client.RememberManyAsync(batch, key, cancellationToken);
            if (results.FirstOrDefault(result => result.Decision != Decision.Admitted) is not { } left)
                return;
            if (left.Status < 500 || attempt == AttemptsMax)
                throw new InvalidDataException($"A text was not admitted but {left.Decision}: {left.Code} {left.Detail} {left.Reason}");
        }
    }

    private static async Task<TeamMemory> PutTeamAsync(MemoryClusterClient client, int number, CancellationToken cancellationToken)
    {
        var team = client.Team(WalkRequests.Team(number));
        await team.PutAsync("load test", cancellationToken: cancellationToken);
        return team;
    }
}
