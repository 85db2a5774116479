using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>Chooses the silo of a new activation.</summary>
internal sealed class Placement(Cluster cluster, Random random)
{
    private readonly Lock _gate = new();

    public Silo Choose(GrainClass grainClass, GrainId grainId, Silo? source)
    {
        var silos = Compatible(grainClass, grainId, source);
        return silos.Length == 1 ? silos[0] : grainClass.Placement switch
        {
            HashBasedPlacement => silos[grainId.GetUniformHashCode() % (uint)silos.Length],
            PreferLocalPlacement or StatelessWorkerPlacement when source is not null && Array.IndexOf(silos, source) >= 0 => source,
            ActivationCountBasedPlacement => LessLoaded(silos[Next(silos.Length)], silos[Next(silos.Length)]),
            _ => silos[Next(silos.Length)],
        };
    }

    private static Silo LessLoaded(Silo left, Silo right) => right.ActivationCount < left.ActivationCount ? right : left;

    private Silo[] Compatible(GrainClass grainClass, GrainId grainId, Silo? source)
    {
        var silos = cluster.ActiveSilos;
        foreach (var filter in grainClass.Filters)
        {
            // The calling silo places; a client's calls are placed by the silo it happens to be connected to.
            var services = (source ?? cluster.ActiveSilos.FirstOrDefault())?.Services;
            var director = services?.GetKeyedService<IPlacementFilterDirector>(filter.GetType())
                ?? throw new OrleansConfigurationException($"{grainClass.Type} is placed by {filter.GetType().Name}, which was not registered: call AddPlacementFilter.");
            var target = new PlacementTarget(
                grainId, RequestContext.Current ?? [], GrainInterfaceType.Create(grainClass.Interfaces[0].FullName!), interfaceVersion: 0);
            var kept = director.Filter(filter, target, silos.Select(silo => silo.Address)).ToHashSet();
            silos = Array.FindAll(silos, silo => kept.Contains(silo.Address));
        }

        return silos.Length > 0 ? silos : throw new SiloUnavailableException(
            $"No silo can hold {grainId}: {cluster.ActiveSilos.Length} active, none passed the filters [{string.Join(", ", grainClass.Filters.Select(filter => filter.GetType().Name))}].");
    }

    private int Next(int count)
    {
        lock (_gate)
        {
            return random.Next(count);
        }
    }
}
