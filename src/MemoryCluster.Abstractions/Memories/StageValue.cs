namespace MemoryCluster;

/// <summary>What a memory has been worth at one stage of its users' work.</summary>
/// <param name="Stage">The stage, as outcomes name it.</param>
/// <param name="Value">0 to 1: the reward to be expected of a use there; 0.5 where nothing is known.</param>
/// <param name="Uses">Outcomes that it rests on.</param>
[GenerateSerializer, Immutable, Alias("mc.StageValue")]
public readonly record struct StageValue([property: Id(0)] string Stage, [property: Id(1)] double Value, [property: Id(2)] long Uses);
