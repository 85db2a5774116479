using System.Collections.Immutable;

namespace Orleans.Metadata;

/// <summary>What the cluster knows of a grain class, as text.</summary>
public sealed class GrainProperties(ImmutableDictionary<string, string> values)
{
    public ImmutableDictionary<string, string> Properties { get; } = values;
}
