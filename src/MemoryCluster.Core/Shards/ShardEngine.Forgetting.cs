namespace MemoryCluster.Shards;

public sealed partial class ShardEngine
{
    /// <summary>
    /// Looks at some memories, archives what has faded or is more than the budget holds, and has vectors held in the precision of their zones;
    /// returns how many it archived.
    /// </summary>
    /// <param name="lookedMax">Memories to look at, at most.</param>
    /// <param name="share">This shard's part of the team's budget, above 0 to 1.</param>
    /// <param name="cancellationToken">Stops it before anything is written, and between two steps.</param>
    public async Task<int> FadeAsync(int lookedMax, double share, CancellationToken cancellationToken)
    {
        var policy = _policy.Forgetting;
        var chosen = _forgetting.Next(lookedMax, policy, share, _clock.GetUtcNow());
        var archived = chosen.IsEmpty
            ? 0
            : await _writer.SubmitAsync(batch => _forgetting.Archive(chosen, policy, share, batch), cancellationToken);
        await ChangePrecisionAsync(cancellationToken);
        return archived;
    }

    private async Task ChangePrecisionAsync(CancellationToken cancellationToken)
    {
        for (var looked = 0; looked < PrecisionWork.ChangedMax && _precision.Next() is { IsEmpty: false } next; looked += next.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _writer.RunBetweenAsync(() => _precision.ChangeAsync(next, _policy.Forgetting, _clock.GetUtcNow()));
        }
    }
}
