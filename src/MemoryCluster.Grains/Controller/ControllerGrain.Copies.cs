using MemoryCluster.Grains.Shards;
using MemoryCluster.Grains.Tenants;

namespace MemoryCluster.Grains.Controller;

internal sealed partial class ControllerGrain
{
    // Copies put to the test at a time, in a circle: their texts travel.
    private const int CopiesMax = 64;

    public async Task<ImmutableArray<double>?> CreditAsync(
        RunId run, ImmutableArray<MemoryRecord> used, Caller caller, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        return await WatchAsync(_engine.CreditAsync(run, used, caller, directory, cancellationToken));
    }

    public async Task<int> TestCopiesAsync(CancellationToken cancellationToken)
    {
        // A withdrawal whose news did not arrive, for a crash came between, is seen here.
        await EraseDeletedAsync(_engine.KnownCopies, cancellationToken);
        if (!_engine.HasRuns)
        {
            return 0;
        }

        var directory = await directories.GetAsync(_tenant, cancellationToken);
        // the first shard of a team keeps its copies
        var after = _engine.CopiesAfter;
        var copies = await GrainFactory.AskFirstShardAsync(
            directories, _tenant, directory.Require(_team), shard => shard.ListCopiesAfterAsync(after, CopiesMax, cancellationToken), cancellationToken);
        var changed = await WatchAsync(_engine.TestCopiesAsync(copies, copies.Length < CopiesMax, directory, cancellationToken));
        if (changed > 0)
        {
            await CarryAsync();
        }

        return changed;
    }

    private async Task<CertificateCheck?> CertifyCopyAsync(MemoryId memory, CancellationToken cancellationToken)
    {
        var found = await AskShardsAsync(shard => shard.FindRecordsAsync([memory], cancellationToken), cancellationToken);
        return found.SelectMany(records => records).FirstOrDefault() is { Diffusion: not null } copy
            ? await WatchAsync(_engine.CertifyCopyAsync(copy, cancellationToken))
            : null;
    }
}
