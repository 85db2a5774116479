using Orleans.Runtime;

namespace Orleans;

/// <summary>Names a grain class in the cluster, so that its keys survive a rename of the class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute : Attribute
{
    public GrainTypeAttribute(string grainType) => Value = GrainType.Create(grainType);

    internal GrainType Value { get; }
}
