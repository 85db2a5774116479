using MemoryCluster.LoadTests.Chaos;
using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Clients;

/// <summary>Writes memories, and changes and deletes those that others wrote too, half of it without idempotency keys.</summary>
internal sealed class RegisterWriter(int number, RecordedClient client, MemoryBoard board, Random random)
{
    private const double CreateShare = 0.1;
    private const double DeleteShare = 0.08;
    private const double KeyedShare = 0.6;

    private readonly ChaosTexts _texts = new(number, random);
    private int _steps;

    public async Task StepAsync(CancellationToken cancellationToken)
    {
        _steps++;
        var team = board.Teams[random.Next(board.Teams.Count)];
        if (random.NextDouble() < CreateShare || board.Take(team, random) is not { } memory)
            await CreateAsync(team, cancellationToken);
        else if (random.NextDouble() < DeleteShare)
            await DeleteAsync(memory, cancellationToken);
        else
            await ChangeAsync(memory, cancellationToken);
    }

    private async Task CreateAsync(string team, CancellationToken cancellationToken)
    {
        var key = _texts.NextToken();
        if (await client.CreateAsync(team, key, _texts.NextText(key), KeyOrNone("create"), cancellationToken) is { } memory)
            board.Add(memory);
    }

    private async Task DeleteAsync(KnownMemory memory, CancellationToken cancellationToken)
    {
        if (await client.DeleteAsync(memory, KeyOrNone("delete"), cancellationToken) is OperationOutcome.Ok or OperationOutcome.Absent)
            board.Delete(memory);
    }

    // Who was told that the version is an old one looks, as a careful client does, and so does who was told nothing.
    private async Task ChangeAsync(KnownMemory memory, CancellationToken cancellationToken)
    {
        var outcome = await client.PatchAsync(memory, _texts.NextText(memory.Key), KeyOrNone("change"), cancellationToken);
        if (outcome is OperationOutcome.Stale or OperationOutcome.Unknown)
            outcome = await client.ReadAsync(memory, cancellationToken);
        if (outcome == OperationOutcome.Absent)
            board.Delete(memory);
    }

    private string? KeyOrNone(string what) => random.NextDouble() < KeyedShare ? $"{what}-{number}-{_steps}" : null;
}
