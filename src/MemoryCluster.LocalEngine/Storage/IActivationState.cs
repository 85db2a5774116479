namespace MemoryCluster.LocalEngine.Storage;

/// <summary>A state that is read before its grain is activated.</summary>
internal interface IActivationState
{
    Task ReadAsync();
}
