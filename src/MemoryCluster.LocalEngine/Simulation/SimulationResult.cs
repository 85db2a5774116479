namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>What a run was.</summary>
/// <param name="Seed">The seed that repeats it.</param>
/// <param name="TraceHash">Equal for equal runs.</param>
/// <param name="StepCount">Turns and events.</param>
/// <param name="Elapsed">Virtual time.</param>
public sealed record SimulationResult(int Seed, ulong TraceHash, long StepCount, TimeSpan Elapsed);
