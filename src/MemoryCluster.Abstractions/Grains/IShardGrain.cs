using Orleans.Concurrency;

namespace MemoryCluster.Grains;

/// <summary>A shard of a team's memories: their records, indexes and log. Key: <see cref="GrainKey.Of(ShardId)"/>.</summary>
/// <remarks>
/// Everything interleaves: the shard's engine has a single writer queue of its own, which turns concurrent writes into one append,
/// and reads look at applied state only.
/// </remarks>
[Alias("mc.IShardGrain")]
public interface IShardGrain : IGrainWithStringKey
{
    [AlwaysInterleave]
    Task<RememberResult> RememberAsync(RememberCommand command, CancellationToken cancellationToken);

    /// <summary>Decides a batch in order, with as few appends as its own near-duplicates allow.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:15")]
    Task<ImmutableArray<RememberOutcome>> RememberManyAsync(ImmutableArray<RememberCommand> commands, CancellationToken cancellationToken);

    /// <summary>The memory, or null where it is absent or not the caller's to see.</summary>
    [AlwaysInterleave]
    Task<MemoryRecord?> GetAsync(MemoryId id, Caller caller, long directoryVersion, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<MemoryRecord> PatchAsync(PatchCommand command, Caller caller, long directoryVersion, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<DeletionReceipt> DeleteAsync(DeleteCommand command, Caller caller, long directoryVersion, CancellationToken cancellationToken);

    [AlwaysInterleave]
    [ResponseTimeout("00:00:30")]
    Task<DeletionReceipt> ForgetAsync(ForgetCommand command, Caller caller, long directoryVersion, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<MemoryPage> ListAsync(MemoryListQuery query, Caller caller, long directoryVersion, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<ShardAnswer> SearchAsync(ShardQuery query, CancellationToken cancellationToken);

    /// <summary>Keeps a recall until its outcome arrives; in memory only, so a crash forgets it.</summary>
    [AlwaysInterleave]
    Task NoteRecallAsync(RecallNote note, CancellationToken cancellationToken);

    /// <summary>The hits of a recall noted here, while its outcome may still come; null where it is unknown or another key's.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<MemoryId>?> FindHitsAsync(RecallId recall, KeyId key, CancellationToken cancellationToken);

    /// <summary>Counts an outcome of a recall noted here; returns what falls to memories that other shards hold, null where it is unknown.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<MemoryCredit>?> RecordOutcomeAsync(RecallOutcome outcome, KeyId key, CancellationToken cancellationToken);

    /// <summary>Credits memories of this shard with an outcome noted elsewhere, once per recall.</summary>
    [AlwaysInterleave]
    Task CreditAsync(RecallId recall, ImmutableArray<MemoryCredit> credits, CancellationToken cancellationToken);

    /// <summary>Changes how a memory stands, once per operation; false where it is not here.</summary>
    [AlwaysInterleave]
    Task<bool> SettleAsync(MemoryId memory, AdmissionGrant grant, OperationId operation, CancellationToken cancellationToken);

    /// <summary>Lets nothing that these runs taught be remembered from now on, however late it comes.</summary>
    [AlwaysInterleave]
    Task CloseRunsAsync(ImmutableArray<RunId> runs, CancellationToken cancellationToken);

    /// <summary>Which of these memories are here, and how often each was used.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<MemoryUse>> FindAsync(ImmutableArray<MemoryId> memories, CancellationToken cancellationToken);

    /// <summary>Takes a newer policy from the team's controller.</summary>
    [AlwaysInterleave]
    Task ApplyPolicyAsync(TeamPolicy policy, CancellationToken cancellationToken);

    /// <summary>Ids of memories here that were made of one, the oldest first.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<MemoryId>> FindDerivedAsync(MemoryId source, int max, CancellationToken cancellationToken);

    /// <summary>Memories that may be offered to other teams, the heaviest first.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<MemoryRecord>> ListOfferedAsync(int max, CancellationToken cancellationToken);

    /// <summary>Memories that came from other teams, the latest first.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<MemoryRecord>> ListCopiesAsync(int max, CancellationToken cancellationToken);

    /// <summary>Memories that came from other teams and stand, after one of them and in order of their ids.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<MemoryRecord>> ListCopiesAfterAsync(MemoryId after, int max, CancellationToken cancellationToken);

    /// <summary>Those of some memories that are here, for who acts for the cluster and not for a caller.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<MemoryRecord>> FindRecordsAsync(ImmutableArray<MemoryId> ids, CancellationToken cancellationToken);

    /// <summary>How like a text the memories here are.</summary>
    [AlwaysInterleave]
    Task<Nearness> GetNearnessAsync(Embedding vector, CancellationToken cancellationToken);

    /// <summary>Takes another team's memory as a candidate, once, or says why not.</summary>
    [AlwaysInterleave]
    Task<DiffusionAnswer> OfferAsync(DiffusionOffer offer, CancellationToken cancellationToken);

    /// <summary>Erases a copy that has lost its source, now and whenever it may still arrive.</summary>
    [AlwaysInterleave]
    Task WithdrawAsync(MemoryId copy, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<ShardStatistics> GetStatisticsAsync(long directoryVersion, CancellationToken cancellationToken);

    /// <summary>Consolidates what has changed since the last pass.</summary>
    /// <param name="max">Memories to look at, at most.</param>
    /// <param name="cancellationToken">Stops it between two of them; what was done stays done.</param>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:30")]
    Task<ConsolidationReport> ConsolidateAsync(int max, CancellationToken cancellationToken);

    /// <summary>Part of a timeline, as far as the caller may see it.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:30")]
    Task<TimelinePage> ReadTimelineAsync(TimelineQuery query, Caller caller, long directoryVersion, CancellationToken cancellationToken);

    /// <summary>Consolidations in force and the latest that ended, newest first, from before a place.</summary>
    [AlwaysInterleave]
    Task<ConsolidationPage> ListConsolidationsAsync(ConsolidationPlace? before, int limit, CancellationToken cancellationToken);

    /// <summary>Undoes one consolidation; null where this shard has none of that id.</summary>
    [AlwaysInterleave]
    Task<ConsolidationStep?> UndoConsolidationAsync(ConsolidationId id, CancellationToken cancellationToken);

    /// <summary>For each candidate, whether it belongs here whatever its placement. For teams of several shards; one shard is not asked.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<RememberClaim>> ClaimAsync(ImmutableArray<RememberCommand> commands, CancellationToken cancellationToken);

    /// <summary>Takes one part of what a shard that is being split hands over; returns the epoch of the owner that took it.</summary>
    /// <exception cref="MemoryClusterException">Code <c>transfer_refused</c>: another owner took the parts before, or the split is over.</exception>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:05")]
    Task<long> AdoptAsync(PartitionTransfer transfer, CancellationToken cancellationToken);
}
