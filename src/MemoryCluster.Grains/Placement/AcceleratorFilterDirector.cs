using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace MemoryCluster.Grains.Placement;

/// <summary>Keeps the silos with an accelerator, or all of them where none has one.</summary>
/// <remarks>The engine's own filter compares with the caller's silo, so that a gateway without a GPU would never reach one.</remarks>
internal sealed class AcceleratorFilterDirector(ISiloMetadataCache metadata) : IPlacementFilterDirector
{
    private const string Key = "accelerator";
    private const string Wanted = "gpu";

    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var all = silos as IReadOnlyCollection<SiloAddress> ?? [.. silos];
        var accelerated = all.Where(HasAccelerator).ToArray();
        return accelerated.Length > 0 ? accelerated : all;
    }

    private bool HasAccelerator(SiloAddress silo) =>
        metadata.GetSiloMetadata(silo).Metadata.TryGetValue(Key, out var accelerator) && accelerator == Wanted;
}
