using Orleans.Concurrency;

namespace MemoryCluster.Grains;

/// <summary>The slow mind of a team: owns its policy. Key: <see cref="GrainKey.Of(TenantId, TeamId)"/>.</summary>
[Alias("mc.IControllerGrain")]
public interface IControllerGrain : IGrainWithStringKey
{
    [AlwaysInterleave]
    Task<TeamPolicy> GetPolicyAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a changed policy as the next version and hands it to the team's shards.</summary>
    Task<TeamPolicy> SetPolicyAsync(TeamPolicy policy, CancellationToken cancellationToken);
}
