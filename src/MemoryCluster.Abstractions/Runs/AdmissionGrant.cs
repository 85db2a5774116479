namespace MemoryCluster;

/// <summary>What a controller decided of a draft before it reached its shard, which still finds out duplicates and checks what a text needs.</summary>
/// <param name="Decision">Admitted or candidate.</param>
/// <param name="Reason">Why, as a stable word.</param>
/// <param name="Weight">The weight to begin with.</param>
[GenerateSerializer, Immutable, Alias("mc.AdmissionGrant")]
public sealed record AdmissionGrant([property: Id(0)] Decision Decision, [property: Id(1)] string Reason, [property: Id(2)] double Weight);
