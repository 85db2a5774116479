namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>Work for one turn.</summary>
internal readonly record struct Turn(SendOrPostCallback Callback, object? State);
