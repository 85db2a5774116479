namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>What a simulated store must do with an operation.</summary>
public enum StoreOutcome
{
    /// <summary>Do it.</summary>
    Ok,

    /// <summary>Do nothing and throw.</summary>
    FailBefore,

    /// <summary>Do it and throw.</summary>
    FailAfter,

    /// <summary>Do a part of it and throw; a store whose operations are atomic does all or nothing.</summary>
    HalfApply,
}
