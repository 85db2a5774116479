using Orleans.Concurrency;

namespace MemoryCluster.Grains;

/// <summary>The slow mind of a team: owns its policy, keeps its runs and decides what they taught. Key: <see cref="GrainKey.Of(TenantId, TeamId)"/>.</summary>
[Alias("mc.IControllerGrain")]
public interface IControllerGrain : IGrainWithStringKey
{
    [AlwaysInterleave]
    Task<TeamPolicy> GetPolicyAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a changed policy as the next version and hands it to the team's shards.</summary>
    Task<TeamPolicy> SetPolicyAsync(TeamPolicy policy, CancellationToken cancellationToken);

    /// <summary>How it stands.</summary>
    [AlwaysInterleave]
    Task<ControllerView> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a run, decides what it taught, and has the shards remember that. Its agents were checked by the agent's grain.</summary>
    [AlwaysInterleave]
    Task<RunReport> SubmitRunAsync(RunDraft run, OperationId? operation, CancellationToken cancellationToken);

    /// <summary>A run with its decisions; null where there is none that the caller may see.</summary>
    [AlwaysInterleave]
    Task<RunReport?> GetRunAsync(RunId id, Caller caller, CancellationToken cancellationToken);

    /// <summary>A page of decisions on what the caller may see, newest first, from before one on.</summary>
    [AlwaysInterleave]
    Task<DecisionPage> ListDecisionsAsync(Caller caller, Guid? before, int limit, CancellationToken cancellationToken);

    /// <summary>The evidence that a memory stands on, run again; null where no run taught it. The caller has been shown the memory.</summary>
    [AlwaysInterleave]
    Task<CertificateCheck?> CertifyAsync(MemoryId memory, CancellationToken cancellationToken);

    /// <summary>
    /// Has the replays that a memory stands on made again by their replayer, each once, within five minutes; null where none of them was made
    /// outside of the cluster. The caller has been shown the memory.
    /// </summary>
    [AlwaysInterleave, ResponseTimeout("00:05:30")]
    Task<CertificateRerun?> RerunAsync(MemoryId memory, CancellationToken cancellationToken);

    /// <summary>
    /// What each of some memories added to a run, -1 to 1: what all of them together cover of its evidence, less what they cover without it. Null
    /// where the caller may not see the run, an agent of it may not see a memory, or it put no question that one of them answers.
    /// </summary>
    [AlwaysInterleave]
    Task<ImmutableArray<double>?> CreditAsync(RunId run, ImmutableArray<MemoryRecord> used, Caller caller, CancellationToken cancellationToken);

    /// <summary>Replays what other teams have offered on the runs that came since; returns how many of them stand otherwise now.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:30")]
    Task<int> TestCopiesAsync(CancellationToken cancellationToken);

    /// <summary>The runs that match and that the caller may see.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<RunId>> FindRunsAsync(ForgetCommand command, Caller caller, CancellationToken cancellationToken);

    /// <summary>Erases every run that matches and that the caller may see.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:30")]
    Task<int> ForgetRunsAsync(ForgetCommand command, Caller caller, CancellationToken cancellationToken);

    /// <summary>Erases the texts that deleted memories were made of.</summary>
    [AlwaysInterleave]
    Task EraseSourcesAsync(ImmutableArray<MemoryId> deleted, CancellationToken cancellationToken);
}
