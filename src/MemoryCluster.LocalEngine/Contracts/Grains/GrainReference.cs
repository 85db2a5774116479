namespace Orleans.Runtime;

/// <summary>A reference to a grain: cheap, equal by identity and interface, valid wherever the grain lives.</summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    public abstract GrainId GrainId { get; }

    public abstract string InterfaceName { get; }

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"GrainReference:{GrainId}:{InterfaceName}";

    internal abstract TGrainInterface Cast<TGrainInterface>();
}
