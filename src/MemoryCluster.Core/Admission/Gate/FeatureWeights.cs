using System.Runtime.InteropServices;
using System.Text.Json;

namespace MemoryCluster.Admission.Gate;

/// <summary>Numbers a feature, by the names under which they are stored.</summary>
public static class FeatureWeights
{
    private static readonly string[] Names =
        [.. Enumerable.Range(0, GateFeatures.Count).Select(index => JsonNamingPolicy.CamelCase.ConvertName(((GateFeature)index).ToString()))];

    /// <summary>The name that a feature is stored and explained under.</summary>
    public static string NameOf(GateFeature feature) => Names[(int)feature];

    public static SortedDictionary<string, double> ByName(ImmutableArray<double> weights)
    {
        var named = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (var index = 0; index < weights.Length; index++)
        {
            named[Names[index]] = weights[index];
        }

        return named;
    }

    /// <summary>A feature that was not known yet weighs nothing; one that is gone is passed over.</summary>
    public static ImmutableArray<double> InOrder(IReadOnlyDictionary<string, double> named) =>
        ImmutableCollectionsMarshal.AsImmutableArray(Array.ConvertAll(Names, name => named.GetValueOrDefault(name)));
}
