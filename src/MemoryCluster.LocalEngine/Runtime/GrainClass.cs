using System.Globalization;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>What the engine knows of one grain class, from its attributes.</summary>
internal sealed class GrainClass
{
    private readonly GrainConstructor _constructor;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = type.GetCustomAttribute<GrainTypeAttribute>()?.Value ?? GrainType.Create(DefaultName(type));
        Interfaces = Array.FindAll(type.GetInterfaces(), IsGrainInterface);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        MayInterleave = type.GetCustomAttribute<MayInterleaveAttribute>() is { } named ? Predicate(type, named.CallbackMethodName) : null;
        Placement = type.GetCustomAttribute<PlacementAttribute>()?.PlacementStrategy ?? RandomPlacement.Singleton;
        WorkersMax = (Placement as StatelessWorkerPlacement)?.MaxLocal ?? 0;
        Filters = [.. type.GetCustomAttributes<PlacementFilterAttribute>().Select(filter => filter.PlacementFilterStrategy).OrderBy(filter => filter.Order)];
        CollectionAge = type.IsDefined(typeof(KeepAliveAttribute))
            ? Timeout.InfiniteTimeSpan
            : type.GetCustomAttribute<CollectionAgeLimitAttribute>() switch
            {
                null => null,
                { AlwaysActive: true } => Timeout.InfiniteTimeSpan,
                var limit => limit.AgeLimit,
            };
        _constructor = new GrainConstructor(type);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public Type[] Interfaces { get; }

    public bool IsReentrant { get; }

    public Func<IInvokable, bool>? MayInterleave { get; }

    public PlacementStrategy Placement { get; }

    /// <summary>How many activations a silo may have of one stateless worker; 0 for grains with an identity.</summary>
    public int WorkersMax { get; }

    public PlacementFilterStrategy[] Filters { get; }

    /// <summary>How long an activation may be idle; null for the cluster's default, infinite for never.</summary>
    public TimeSpan? CollectionAge { get; }

    public static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && typeof(IGrainBase).IsAssignableFrom(type);

    public object Construct(Activation activation) => _constructor.Construct(activation);

    private static bool IsGrainInterface(Type type) => typeof(IGrain).IsAssignableFrom(type) && type != typeof(IGrain) && type != typeof(IGrainWithStringKey);

    // Orleans's convention: the class name in lower case, without the word grain at its end.
    private static string DefaultName(Type type)
    {
        const string suffix = "grain";
        var name = type.Name.ToLower(CultureInfo.InvariantCulture);
        return name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
    }

    private static Func<IInvokable, bool> Predicate(Type type, string name) =>
        type.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(IInvokable)]) is { } method
            && method.ReturnType == typeof(bool)
            ? method.CreateDelegate<Func<IInvokable, bool>>()
            : throw new OrleansConfigurationException($"{type} names {name} in [MayInterleave], but has no static bool {name}(IInvokable).");
}
