namespace MemoryCluster.Grains;

/// <summary>Answers recalls: embeds, asks the shards in parallel under a deadline, fuses. A stateless worker; key: the tenant.</summary>
[Alias("mc.IRecallGrain")]
public interface IRecallGrain : IGrainWithStringKey
{
    Task<RecallAnswer> RecallAsync(RecallQuery query, CancellationToken cancellationToken);
}
