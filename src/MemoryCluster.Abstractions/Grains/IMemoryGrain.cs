namespace MemoryCluster.Grains;

/// <summary>The door to a memory by its id: reads the team from the id and asks its shards. A stateless worker; key: the tenant.</summary>
[Alias("mc.IMemoryGrain")]
public interface IMemoryGrain : IGrainWithStringKey
{
    /// <summary>The memory, or null where it is absent or not the caller's to see.</summary>
    Task<MemoryRecord?> GetAsync(MemoryId id, Caller caller, CancellationToken cancellationToken);

    /// <summary>
    /// The memory with what it came from and what came of it, of what the caller may see; null where it is absent or not the caller's to see.
    /// </summary>
    Task<MemoryLineage?> GetLineageAsync(MemoryId id, Caller caller, CancellationToken cancellationToken);

    /// <summary>Changes it; embeds a new text on the way.</summary>
    Task<MemoryRecord> PatchAsync(PatchCommand command, Caller caller, CancellationToken cancellationToken);

    /// <summary>Deletes it.</summary>
    Task<DeletionReceipt> DeleteAsync(DeleteCommand command, Caller caller, CancellationToken cancellationToken);
}
