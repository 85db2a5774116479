using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>One virtual silo: a place for activations, with services and metadata of its own.</summary>
internal sealed class Silo
{
    private readonly ConcurrentDictionary<Activation, int> _activations = new();
    private readonly ConcurrentDictionary<GrainId, WorkerPool> _pools = new();
    private IServiceProvider? _services;

    public Silo(int index, int generation, string name, SiloMetadata metadata)
    {
        Index = index;
        Name = name;
        Metadata = metadata;
        Address = SiloAddress.New(IPAddress.Loopback, 11_111 + index, generation);
    }

    public int Index { get; }

    public string Name { get; }

    public SiloAddress Address { get; }

    public SiloMetadata Metadata { get; }

    /// <summary>Whether new activations may be placed here.</summary>
    public bool IsActive { get; set; } = true;

    public IServiceProvider Services => _services ?? throw new InvalidOperationException($"Silo {Name} has not started.");

    public IIncomingGrainCallFilter[] IncomingFilters { get; private set; } = [];

    public IOutgoingGrainCallFilter[] OutgoingFilters { get; private set; } = [];

    public int ActivationCount => _activations.Count;

    /// <summary>The activations in the order of their creation.</summary>
    public IEnumerable<Activation> Activations => _activations.Keys.OrderBy(activation => activation.Ordinal);

    public void Start(IServiceProvider services)
    {
        _services = services;
        IncomingFilters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        OutgoingFilters = [.. services.GetServices<IOutgoingGrainCallFilter>()];
    }

    public void Add(Activation activation) => _activations[activation] = 0;

    public void Remove(Activation activation) => _activations.TryRemove(activation, out _);

    public WorkerPool PoolOf(Cluster cluster, GrainClass grainClass, GrainId grainId) =>
        _pools.TryGetValue(grainId, out var pool)
            ? pool
            : _pools.GetOrAdd(grainId, static (id, args) => new WorkerPool(args.cluster, args.silo, args.grainClass, id), (cluster, silo: this, grainClass));

    public override string ToString() => Name;
}
