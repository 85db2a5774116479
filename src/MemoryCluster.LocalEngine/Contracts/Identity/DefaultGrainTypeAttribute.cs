using Orleans.Runtime;

namespace Orleans;

/// <summary>Says which grain class an interface means when several implement it.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class DefaultGrainTypeAttribute : Attribute
{
    public DefaultGrainTypeAttribute(string grainType) => Value = GrainType.Create(grainType);

    internal GrainType Value { get; }
}
