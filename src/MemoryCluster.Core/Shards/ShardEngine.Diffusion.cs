namespace MemoryCluster.Shards;

public sealed partial class ShardEngine
{
    /// <summary>The team's policy, as far as this shard knows it.</summary>
    public TeamPolicy Policy => _policy;

    /// <summary>Memories that may be offered to other teams, the heaviest first.</summary>
    public async Task<ImmutableArray<MemoryRecord>> ListOfferedAsync(int max, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return _diffusion.Offered(_policy.Diffusion, max, _clock.GetUtcNow());
    }

    /// <summary>Memories that came from other teams, the latest first.</summary>
    public async Task<ImmutableArray<MemoryRecord>> ListCopiesAsync(int max, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return _diffusion.Copies(max);
    }

    /// <summary>Memories that came from other teams and stand, after one of them and in order of their ids.</summary>
    public async Task<ImmutableArray<MemoryRecord>> ListCopiesAfterAsync(MemoryId after, int max, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return _diffusion.CopiesAfter(after, max);
    }

    /// <summary>Those of some memories that are here, for who acts for the cluster and not for a caller.</summary>
    public async Task<ImmutableArray<MemoryRecord>> FindRecordsAsync(ImmutableArray<MemoryId> ids, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return [.. ids.Select(_state.Find).OfType<ShardEntry>().Select(entry => entry.Record with { Revisions = [], Evidence = [] })];
    }

    /// <summary>Ids of memories here that were made of one, the oldest first. Looks at every record, so it is for people who ask.</summary>
    public async Task<ImmutableArray<MemoryId>> FindDerivedAsync(MemoryId source, int max, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return
        [
            .. _state.Entries.Select(entry => entry.Record)
                .Where(memory => memory.Diffusion is null && memory.Provenance.DerivedFrom.Contains(source))
                .Select(memory => memory.Id).Order().Take(max),
        ];
    }

    /// <summary>How like a text the memories here are.</summary>
    public async Task<Nearness> GetNearnessAsync(Embedding vector, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return _diffusion.NearnessTo(vector);
    }

    /// <summary>Takes another team's memory as a candidate, once, or says why not.</summary>
    public Task<DiffusionAnswer> OfferAsync(DiffusionOffer offer, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(batch => _diffusion.Offer(offer, _policy, batch), cancellationToken);

    /// <summary>Erases a copy that has lost its source.</summary>
    public Task WithdrawAsync(MemoryId copy, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(batch => _diffusion.Withdraw(copy, batch), cancellationToken);
}
