using System.Collections.Concurrent;
using MemoryCluster.LocalEngine.Proxies;
using MemoryCluster.LocalEngine.Reminders;
using MemoryCluster.LocalEngine.Scheduling;
using MemoryCluster.LocalEngine.Streams;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>The silos, the directory and the references of one cluster. Calls are in <c>.Calls</c>, start, stop and collection in
/// <c>.Lifetime</c>.</summary>
internal sealed partial class Cluster : IClusterClient
{
    private readonly LocalEngineOptions _options;
    private readonly GrainCatalog _catalog;
    private readonly Placement _placement;
    private readonly ConcurrentDictionary<Type, GrainBinding> _bindings = new();
    private readonly ConcurrentDictionary<(Type, GrainClass), GrainBinding> _bindingsByClass = new();
    private int _lastOrdinal;
    private Silo[] _silos = [];

    public Cluster(
        LocalEngineOptions options,
        GrainCatalog catalog,
        IReminderTable reminders,
        ILogger logger,
        TimeProvider clock,
        Random random,
        Func<Cluster, IScheduler> createScheduler)
    {
        _options = options;
        _catalog = catalog;
        Logger = logger;
        Clock = clock;
        _placement = new Placement(this, random);
        Scheduler = createScheduler(this);
        Reminders = new ReminderService(this, reminders, clock, options.ReminderPeriodMin);
        Streams = new StreamHub(this);
    }

    public IScheduler Scheduler { get; }

    public ReminderService Reminders { get; }

    public StreamHub Streams { get; }

    public ILogger Logger { get; }

    public TimeProvider Clock { get; }

    public GrainDirectory Directory { get; } = new();

    public int InlineDepthMax => _options.InlineDepthMax;

    public int EnqueuedRequestsMax => _options.EnqueuedRequestsMax;

    public TimeSpan DeactivationTimeout => _options.DeactivationTimeout;

    public IReadOnlyList<Silo> Silos => _silos;

    /// <summary>The silos that take new activations.</summary>
    public Silo[] ActiveSilos { get; private set; } = [];

    /// <summary>The services of callers that are no grain.</summary>
    public IServiceProvider ServiceProvider { get; private set; } = null!;

    public int NextOrdinal() => Interlocked.Increment(ref _lastOrdinal);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrEmpty(primaryKey);
        return (TGrainInterface)(object)Reference(BindingOf(typeof(TGrainInterface), grainClassNamePrefix), primaryKey);
    }

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(grainPrimaryKey);
        return (IGrain)(object)Reference(BindingOf(grainInterfaceType, grainClassNamePrefix: null), grainPrimaryKey);
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => GetReference<TGrainInterface>(grainId);

    public TGrainInterface GetReference<TGrainInterface>(GrainId grainId) =>
        (TGrainInterface)(object)BindingOf(typeof(TGrainInterface), _catalog.Find(grainId.Type)).Create(grainId);

    public GrainBinding BindingOf(Type @interface, GrainClass grainClass) =>
        _bindingsByClass.GetOrAdd((@interface, grainClass), static (key, cluster) => new GrainBinding(cluster, key.Item1, key.Item2), this);

    private static GrainProxy Reference(GrainBinding binding, string key) =>
        binding.Create(new GrainId(binding.GrainClass.GrainType, IdSpan.Create(key)));

    private GrainBinding BindingOf(Type @interface, string? grainClassNamePrefix)
    {
        if (grainClassNamePrefix is null && _bindings.TryGetValue(@interface, out var known))
        {
            return known;
        }

        var binding = BindingOf(@interface, _catalog.Find(@interface, grainClassNamePrefix));
        return grainClassNamePrefix is null ? _bindings[@interface] = binding : binding;
    }
}
