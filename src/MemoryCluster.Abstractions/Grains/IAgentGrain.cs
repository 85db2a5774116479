using Orleans.Concurrency;

namespace MemoryCluster.Grains;

/// <summary>An agent's way in: may it write here, has it quota left. Key: <see cref="GrainKey.Of(TenantId, TeamId, AgentId)"/>.</summary>
[Alias("mc.IAgentGrain")]
public interface IAgentGrain : IGrainWithStringKey
{
    /// <summary>Remembers one draft.</summary>
    [AlwaysInterleave]
    Task<RememberResult> RememberAsync(MemoryDraft draft, OperationId? operation, CancellationToken cancellationToken);

    /// <summary>Remembers several drafts, in order; each succeeds or fails alone.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:15")]
    Task<ImmutableArray<RememberOutcome>> RememberManyAsync(
        ImmutableArray<MemoryDraft> drafts, ImmutableArray<OperationId?> operations, CancellationToken cancellationToken);

    /// <summary>Reports a run of this agent; its steps count against the quota as memories do.</summary>
    [AlwaysInterleave]
    Task<RunReport> SubmitRunAsync(RunDraft run, OperationId? operation, CancellationToken cancellationToken);
}
