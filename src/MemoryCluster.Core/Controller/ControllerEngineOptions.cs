using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Controller;

/// <summary>What a controller must be told to open.</summary>
public sealed record ControllerEngineOptions
{
    public required TenantId Tenant { get; init; }

    public required TeamId Team { get; init; }

    /// <summary>The team's number, which stands in the ids made here.</summary>
    public required uint TeamNumber { get; init; }

    /// <summary>The replayers that can be named without being registered, <c>evidence</c> aside.</summary>
    public ImmutableArray<string> BuiltInReplayers { get; init; } = [];

    /// <summary>The gate's weights that a team begins with, until its own are learned.</summary>
    public GatePolicy FirstGate { get; init; } = GatePolicies.Initial;
}
