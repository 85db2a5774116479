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
        MemoryClusterClient client, IReadOnlyList<string> texts, int memories, int teams, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Twice as many as are filled: the others take the writes of the warm-up.
        for (var team = 0; team < 2 * teams; team++)
            await (await PutTeamAsync(client, team, cancellationToken)).AddAgentAsync(WalkRequests.Agent, cancellationToken: cancellationToken);

        var began = clock.GetTimestamp();
        var batches = Dealing.Deal(texts, memories, teams)
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
        return new LoadingFigures(memories, Math.Min(texts.Count, memories), teams, elapsed, memories / elapsed);
    }

    private static async Task<TeamMemory> PutTeamAsync(MemoryClusterClient client, int number, CancellationToken cancellationToken)
    {
        var team = client.Team(WalkRequests.Team(number));
        await team.PutAsync("load test", cancellationToken: cancellationToken);
        return team;
    }
}
