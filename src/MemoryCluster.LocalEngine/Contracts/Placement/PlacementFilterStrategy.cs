using System.Globalization;
using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>The parameters of a placement filter; its <see cref="IPlacementFilterDirector"/> does the filtering.</summary>
public abstract class PlacementFilterStrategy
{
    private const string Prefix = "placement-filter";

    protected PlacementFilterStrategy(int order) => Order = order;

    /// <summary>Filters of one grain class run in ascending order; two of the same order are an error.</summary>
    public int Order { get; private set; }

    public void Initialize(GrainProperties properties)
    {
        var order = GetPlacementFilterGrainProperty("order", properties);
        if (!int.TryParse(order, CultureInfo.InvariantCulture, out var parsed))
        {
            throw new ArgumentException($"The grain properties carry no order of placement filter {GetType().Name}.", nameof(properties));
        }

        Order = parsed;
        AdditionalInitialize(properties);
    }

    public virtual void AdditionalInitialize(GrainProperties properties)
    {
    }

    public void PopulateGrainProperties(IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        properties[Prefix] = properties.TryGetValue(Prefix, out var others) ? $"{others},{GetType().Name}" : GetType().Name;
        properties[NameOf("order")] = Order.ToString(CultureInfo.InvariantCulture);
        foreach (var (key, value) in GetAdditionalGrainProperties(services, grainClass, grainType, properties))
        {
            properties[NameOf(key)] = value;
        }
    }

    protected string? GetPlacementFilterGrainProperty(string key, GrainProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return properties.Properties.GetValueOrDefault(NameOf(key));
    }

    protected virtual IEnumerable<KeyValuePair<string, string>> GetAdditionalGrainProperties(
        IServiceProvider services, Type grainClass, GrainType grainType, IReadOnlyDictionary<string, string> existingProperties) => [];

    private string NameOf(string key) => $"{Prefix}.{GetType().Name}.{key}";
}
