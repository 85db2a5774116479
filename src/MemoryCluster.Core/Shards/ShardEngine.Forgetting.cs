namespace MemoryCluster.Shards;

public sealed partial class ShardEngine
{
    /// <summary>Looks at some memories and archives what has faded or is more than the budget holds; returns how many.</summary>
    /// <param name="lookedMax">Memories to look at, at most.</param>
    /// <param name="share">This shard's part of the team's budget, above 0 to 1.</param>
    /// <param name="cancellationToken">Stops it before anything is written.</param>
    public async Task<int> FadeAsync(int lookedMax, double share, CancellationToken cancellationToken)
    {
        var policy = _policy.Forgetting;
        var chosen = _forgetting.Next(lookedMax, policy, share, _clock.GetUtcNow());
        return chosen.IsEmpty
            ? 0
            : await _writer.SubmitAsync(batch => _forgetting.Archive(chosen, policy, share, batch), cancellationToken);
    }
}
