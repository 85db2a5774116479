namespace MemoryCluster.Shards;

/// <summary>What a mutation does to a record. The numbers are the stored form.</summary>
public enum WriteKind
{
    Unspecified = 0,

    /// <summary>Writes the record, new or over what was there.</summary>
    Put = 1,

    /// <summary>Removes the record; a later put may bring the key back.</summary>
    Delete = 2,

    /// <summary>Removes the record and leaves a tombstone for ever: a put of the key is refused from then on.</summary>
    Erase = 3,
}
