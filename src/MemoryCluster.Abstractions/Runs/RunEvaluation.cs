namespace MemoryCluster;

/// <summary>How what was learned in a run is to be put to the test.</summary>
/// <param name="Replayer">Who replays it; the built-in <c>evidence</c> where none is named, <c>chat</c>, or one that the tenant has registered.</param>
/// <param name="Expected">The right answer, where it is known.</param>
[GenerateSerializer, Immutable, Alias("mc.RunEvaluation")]
public sealed record RunEvaluation([property: Id(0)] string? Replayer, [property: Id(1)] string? Expected);
