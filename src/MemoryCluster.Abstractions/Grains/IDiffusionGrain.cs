using Orleans.Concurrency;

namespace MemoryCluster.Grains;

/// <summary>What a team gives to others: its ledger of offers, and the passes over it. Key: <see cref="GrainKey.Of(TenantId, TeamId)"/>.</summary>
[Alias("mc.IDiffusionGrain")]
public interface IDiffusionGrain : IGrainWithStringKey
{
    /// <summary>Takes back what has lost its source, notes how the rest fares, and offers what has proved itself.</summary>
    /// <param name="mayOffer">Whether anything new is offered.</param>
    /// <param name="cancellationToken">Ends it between two steps; the next pass goes on.</param>
    [ResponseTimeout("00:00:30")]
    Task<DiffusionReport> RunAsync(bool mayOffer, CancellationToken cancellationToken);

    /// <summary>Takes back at once what was made of memories that were deleted, hidden or changed.</summary>
    [AlwaysInterleave]
    Task RecheckAsync(ImmutableArray<MemoryId> sources, CancellationToken cancellationToken);

    /// <summary>The copies of a memory that may be in other teams.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<MemoryId>> FindCopiesAsync(MemoryId source, CancellationToken cancellationToken);

    /// <summary>What the team offered and what it received, of what the caller may see, latest first.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<DiffusionView>> ListAsync(Caller caller, int limit, CancellationToken cancellationToken);
}
