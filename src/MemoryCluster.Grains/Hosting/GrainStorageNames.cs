namespace MemoryCluster.Grains.Hosting;

/// <summary>Names of the grain storages that the grains ask for.</summary>
public static class GrainStorageNames
{
    /// <summary>Small states that change seldom: the teams' policies.</summary>
    public const string Control = "control";
}
