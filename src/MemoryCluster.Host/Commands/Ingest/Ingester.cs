using MemoryCluster.Client;
using MemoryCluster.Contract;

namespace MemoryCluster.Host.Commands.Ingest;

/// <summary>Writes a file's batches, several at once, and keeps the position.</summary>
internal sealed class Ingester(MemoryClusterClient client, TimeProvider clock)
{
    // The server appends what arrives together in one sync; more in flight only queue there.
    private const int BatchesInFlight = 4;

    private readonly BatchWriter _writer = new(client, clock);

    /// <param name="file">What to ingest.</param>
    /// <param name="position">How far it is already.</param>
    /// <param name="summary">Counts what is done.</param>
    /// <param name="advanced">Called with the number of batches that are behind.</param>
    /// <param name="cancellationToken">Ends it; the position stays.</param>
    public async Task RunAsync(
        IngestFile file, IngestPosition position, IngestSummary summary, Action<int> advanced, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        using var directory = new TeamDirectory(client);
        summary.BatchesSkipped = position.Batches;
        var options = new ParallelOptions { MaxDegreeOfParallelism = BatchesInFlight, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(file.Batches().Skip(position.Batches), options, async (batch, token) =>
        {
            await WriteAsync(batch, directory, summary, token);
            position.Acknowledge(batch.Ordinal);
            advanced(position.Batches);
        });
        summary.Seconds = clock.GetElapsedTime(began).TotalSeconds;
    }

    private async Task WriteAsync(IngestBatch batch, TeamDirectory directory, IngestSummary summary, CancellationToken cancellationToken)
    {
        foreach (var (team, agent) in batch.Items.Select(item => (item.Memory.Team!, item.Memory.Agent!)).Distinct())
            await directory.EnsureAsync(team, agent, cancellationToken);

        var results = await _writer.WriteAsync([.. batch.Items.Select(item => item.Memory)], batch.Key, cancellationToken);
        foreach (var (item, result) in batch.Items.Zip(results))
        {
            if (result.Decision is { } decision)
                summary.Count(Word.Of(decision));
            else
                summary.Complain(item.Line, $"{result.Code}: {result.Detail}");
        }
    }
}
