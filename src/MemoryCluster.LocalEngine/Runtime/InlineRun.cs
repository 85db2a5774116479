namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>A request that was run on its caller's thread. Whether it ended there was read once, when the turn was given back: the task may
/// complete at any time after.</summary>
internal readonly record struct InlineRun(Activation Activation, Task Running, Admission Admission, bool HasEnded);
