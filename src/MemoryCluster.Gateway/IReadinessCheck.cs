namespace MemoryCluster.Gateway;

/// <summary>What must hold of a process, beside what its routes ask, so that it is sent requests. All that are registered are asked.</summary>
public interface IReadinessCheck
{
    /// <summary>Whether it holds now; answers at once.</summary>
    bool IsReady { get; }
}
