namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>What a request of a scenario does.</summary>
internal enum LoadOperation
{
    Recall,

    Remember,

    /// <summary>A write that a later <see cref="Forget"/> takes back.</summary>
    RememberForAWhile,

    /// <summary>Forgets everything that was written for a while in an earlier minute.</summary>
    Forget,

    /// <summary>A team offers now what has proved itself.</summary>
    Diffuse,
}
