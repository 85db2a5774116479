using Orleans.Concurrency;

namespace MemoryCluster.Grains;

/// <summary>A team: what spans its shards. Key: <see cref="GrainKey.Of(TenantId, TeamId)"/>.</summary>
[Alias("mc.ITeamGrain")]
public interface ITeamGrain : IGrainWithStringKey
{
    /// <summary>The team with its counts; null where there is none.</summary>
    [AlwaysInterleave]
    Task<TeamView?> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>A page of the memories that the caller may see.</summary>
    [AlwaysInterleave]
    Task<MemoryPage> ListAsync(Caller caller, MemoryListQuery query, CancellationToken cancellationToken);

    /// <summary>Part of the timeline of a thing or a session, as far as the caller may see it.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:30")]
    Task<TimelinePage> ReadTimelineAsync(Caller caller, TimelineQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes every memory that matches and that the caller may see.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:30")]
    Task<DeletionReceipt> ForgetAsync(Caller caller, ForgetCommand command, CancellationToken cancellationToken);

    /// <summary>Counts an outcome, once per recall. False where the recall is unknown, was not the caller's, or timed out.</summary>
    [AlwaysInterleave]
    Task<bool> RecordOutcomeAsync(Caller caller, RecallOutcome outcome, CancellationToken cancellationToken);

    /// <summary>Consolidates what has changed in the team's shards since their last pass, a bounded number of memories each.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:30")]
    Task<ConsolidationReport> ConsolidateAsync(CancellationToken cancellationToken);

    /// <summary>Consolidations in force and the latest that ended, newest first, from before a place.</summary>
    [AlwaysInterleave]
    Task<ConsolidationPage> ListConsolidationsAsync(ConsolidationPlace? before, int limit, CancellationToken cancellationToken);

    /// <summary>Undoes one consolidation; null where the team has none of that id.</summary>
    [AlwaysInterleave]
    Task<ConsolidationStep?> UndoConsolidationAsync(ConsolidationId id, CancellationToken cancellationToken);
}
