using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>One life of one grain on one silo: its queue, its rules of admission (<c>.Requests</c>) and its beginning and end
/// (<c>.Lifecycle</c>), its observers of streams (<c>.Streams</c>). All fields are guarded by the gate unless they are set once.</summary>
internal sealed partial class Activation : TurnContext, IGrainContext, ICallChainReentrantGrainContext
{
    private readonly Cluster _cluster;
    private readonly Silo _silo;
    private GrainReference? _reference;

    public Activation(Cluster cluster, Silo silo, GrainClass grainClass, GrainId grainId, WorkerPool? pool = null)
        : base(cluster.Scheduler, cluster.Logger, cluster.NextOrdinal())
    {
        _cluster = cluster;
        _silo = silo;
        Pool = pool;
        GrainClass = grainClass;
        GrainId = grainId;
    }

    public GrainClass GrainClass { get; }

    public GrainId GrainId { get; }

    /// <summary>The workers that it is one of; null for a grain with an identity.</summary>
    public WorkerPool? Pool { get; }

    public override Silo Silo => _silo;

    public object? GrainInstance { get; private set; }

    public ActivationId ActivationId => new(new Guid(Ordinal, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    public GrainReference GrainReference => _reference ??= _cluster.BindingOf(GrainClass.Interfaces[0], GrainClass).Create(GrainId);

    public IServiceProvider ActivationServices => (_scope ??= _silo.Services.CreateAsyncScope()).ServiceProvider;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => Ordinal;

    public override string ToString() => $"{GrainId}#{Ordinal}@{_silo.Name}";

    /// <summary>The reading for a time-out's message.</summary>
    public string Describe()
    {
        lock (Gate)
        {
            return $"Activation {this} is {_stage}: {RunningLocked} running, {_waiting?.Count ?? 0} waiting for admission, {TurnCountLocked} turns queued.";
        }
    }
}
