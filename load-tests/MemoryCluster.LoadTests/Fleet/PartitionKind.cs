namespace MemoryCluster.LoadTests.Fleet;

/// <summary>What is cut.</summary>
internal enum PartitionKind
{
    /// <summary>A silo from Redis, both ways or one of them.</summary>
    Redis = 0,

    /// <summary>Of two silos one does not hear the other, and is heard by it.</summary>
    OneWay,

    /// <summary>Two silos do not hear each other.</summary>
    TwoWay,

    /// <summary>A silo from all: silos, gateway and Redis.</summary>
    All,
}
