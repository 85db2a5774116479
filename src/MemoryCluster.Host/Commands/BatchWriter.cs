using MemoryCluster.Client;
using MemoryCluster.Contract;

namespace MemoryCluster.Host.Commands;

/// <summary>Writes batches until no item of them fails for a passing reason.</summary>
internal sealed class BatchWriter(MemoryClusterClient client, TimeProvider clock)
{
    private const int AttemptsMax = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    public async Task<IReadOnlyList<RememberBatchItem>> WriteAsync(
        IReadOnlyList<RememberRequest> memories, string key, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var results = await client.RememberManyAsync(memories, key, cancellationToken);
            if (attempt == AttemptsMax || !results.Any(IsPassing))
                return results;
            // Under the same key the items that are written already answer as before.
            await Task.Delay(FirstPause * Math.ScaleB(1, attempt - 1), clock, cancellationToken);
        }
    }

    private static bool IsPassing(RememberBatchItem item) => item.Status is 409 or 429 or >= 500;
}
