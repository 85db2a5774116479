namespace MemoryCluster.Shards.Snapshots;

/// <summary>When a shard's indexes are saved: where many changes have come since, once nobody writes any more, and when it closes.</summary>
/// <remarks>Reads go on beside a save, writes wait for it: that is why it waits for a quiet time.</remarks>
internal sealed class IndexUpkeep(ShardState state, IShardStore store)
{
    // Below it, and below an eighth of what there is, opening without them takes little longer.
    private const int ChangesMin = 1_000;

    private long _savedChanges;
    private long _savedErasures;
    private long _seenChanges;

    private bool IsWorth => state.Changes - _savedChanges >= Math.Max(ChangesMin, state.Count / 8);

    /// <summary>What is loaded is as it was saved, but for the changes since.</summary>
    public void NoteLoaded(int changedSince)
    {
        _savedChanges = state.Changes - changedSince;
        _savedErasures = state.Erasures;
    }

    public async ValueTask RunAsync()
    {
        var isQuiet = state.Changes == _seenChanges;
        _seenChanges = state.Changes;
        if (isQuiet && IsWorth)
        {
            await SaveAsync();
        }
        else if (state.Erasures != _savedErasures)
        {
            // What was erased may not lie about in a file: better none until the next.
            await store.DeriveAsync(IndexSnapshot.Drop, CancellationToken.None);
            (_savedChanges, _savedErasures) = (0, state.Erasures);
        }
    }

    /// <summary>Saves before the shard closes.</summary>
    public ValueTask CloseAsync() => IsWorth ? SaveAsync() : ValueTask.CompletedTask;

    private async ValueTask SaveAsync()
    {
        var (changes, erasures) = (state.Changes, state.Erasures);
        if (await store.DeriveAsync(IndexSnapshot.Saving(state), CancellationToken.None))
        {
            (_savedChanges, _savedErasures) = (changes, erasures);
        }
    }
}
