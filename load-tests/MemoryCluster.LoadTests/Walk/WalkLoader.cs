using MemoryCluster.Client;
using MemoryCluster.LoadTests.Corpus;

namespace MemoryCluster.LoadTests.Walk;

/// <summary>Fills the teams before anything is measured.</summary>
internal static class WalkLoader
{
    private const int BatchMemories = 100;
    private const int BatchesInFlight = 8;
    private const string Session = "loading";

    public static async Task<LoadingFigures> LoadAsync(
        MemoryClusterClient client, IReadOnlyList<string> texts, WalkSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Twice as many as are filled: the others take the writes of the warm-up.
        for (var team = 0; team < 2 * settings.Teams; team++)
            await (await PutTeamAsync(client, team, cancellationToken)).AddAgentAsync(WalkRequests.Agent, cancellationToken: cancellationToken);

        var began = clock.GetTimestamp();
        var batches = Dealing.Deal(texts, settings.Memories, settings.Teams)
            .Select((dealt, number) => WalkRequests.Memory(dealt.Team, dealt.Text, Session, number))
            .Chunk(BatchMemories);
        var options = new ParallelOptions { MaxDegreeOfParallelism = BatchesInFlight, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(batches, options, async (batch, token) =>
        {
            foreach (var result in await client.RememberManyAsync(batch, cancellationToken: token))
            {
                if (result.Decision != Decision.Admitted)
                    throw new InvalidDataException($"A text was not admitted but {result.Decision}: {result.Code} {result.Detail} {result.Reason}");
            }
        });
        var elapsed = clock.GetElapsedTime(began).TotalSeconds;
        return new LoadingFigures(settings.Memories, Math.Min(texts.Count, settings.Memories), settings.Teams, elapsed, settings.Memories / elapsed);
    }

    private static async Task<TeamMemory> PutTeamAsync(MemoryClusterClient client, int number, CancellationToken cancellationToken)
    {
        var team = client.Team(WalkRequests.Team(number));
        await team.PutAsync("load test", cancellationToken: cancellationToken);
        return team;
    }
}
