namespace MemoryCluster.LoadTests.Clients;

/// <summary>Reads by id and recalls what others write at the same time.</summary>
internal sealed class RegisterReader(RecordedClient client, MemoryBoard board, Random random)
{
    private const double ByIdShare = 0.75;
    private const double NamesWriteShare = 0.7;

    public async Task StepAsync(CancellationToken cancellationToken)
    {
        if (board.Take(board.Teams[random.Next(board.Teams.Count)], random) is not { } memory)
            return;
        if (random.NextDouble() < ByIdShare)
            await client.ReadAsync(memory, cancellationToken);
        else
            await client.RecallAsync(memory, namesWrite: random.NextDouble() < NamesWriteShare, cancellationToken);
    }
}
