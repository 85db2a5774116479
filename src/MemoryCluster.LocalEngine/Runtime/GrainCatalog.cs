using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>The grain classes of a cluster, by type name and by interface.</summary>
internal sealed class GrainCatalog
{
    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly ILookup<Type, GrainClass> _byInterface;

    private GrainCatalog(IEnumerable<Type> types)
    {
        foreach (var grainClass in types.Select(type => new GrainClass(type)))
        {
            if (!_byType.TryAdd(grainClass.GrainType, grainClass))
            {
                throw new OrleansConfigurationException(
                    $"{grainClass.Type} and {_byType[grainClass.GrainType].Type} are both of grain type '{grainClass.GrainType}'; give one a [GrainType].");
            }
        }

        _byInterface = _byType.Values
            .SelectMany(grainClass => grainClass.Interfaces, (grainClass, face) => (face, grainClass))
            .ToLookup(pair => pair.face, pair => pair.grainClass);
    }

    public static GrainCatalog Of(LocalEngineOptions options) =>
        new(options.GrainAssemblies.SelectMany(assembly => assembly.GetTypes()).Where(GrainClass.IsGrainClass).Concat(options.GrainClasses).Distinct());

    public int Count => _byType.Count;

    public GrainClass Find(GrainType type) =>
        _byType.TryGetValue(type, out var found) ? found : throw new ArgumentException($"No grain class is of type '{type}'.", nameof(type));

    public GrainClass Find(Type @interface, string? classNamePrefix)
    {
        var candidates = _byInterface[@interface]
            .Where(candidate => classNamePrefix is null || candidate.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))
            .ToArray();
        if (candidates.Length > 1 && @interface.GetCustomAttribute<DefaultGrainTypeAttribute>() is { } named)
        {
            return Find(named.Value);
        }

        return candidates switch
        {
            [var only] => only,
            [] => throw new ArgumentException(
                $"No grain class implements {@interface}{(classNamePrefix is null ? "" : $" with a name that starts with '{classNamePrefix}'")}; is its assembly among LocalEngineOptions.GrainAssemblies?",
                nameof(@interface)),
            _ => throw new ArgumentException(
                $"{@interface} is implemented by {string.Join(", ", candidates.Select(candidate => candidate.Type.Name))}; name one by grainClassNamePrefix or [DefaultGrainType].",
                nameof(@interface)),
        };
    }
}
