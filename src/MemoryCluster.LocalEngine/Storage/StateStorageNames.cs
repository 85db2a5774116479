namespace MemoryCluster.LocalEngine.Storage;

/// <summary>Names of grain storages.</summary>
public static class StateStorageNames
{
    /// <summary>The storage of states that name none.</summary>
    public const string Default = "Default";
}
