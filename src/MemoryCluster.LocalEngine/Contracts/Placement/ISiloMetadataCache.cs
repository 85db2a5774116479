namespace Orleans.Runtime.MembershipService.SiloMetadata;

/// <summary>The metadata of every silo of the cluster.</summary>
public interface ISiloMetadataCache
{
    SiloMetadata GetSiloMetadata(SiloAddress siloAddress);
}
