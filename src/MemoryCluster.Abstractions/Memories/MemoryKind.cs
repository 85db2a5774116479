namespace MemoryCluster;

/// <summary>What sort of thing a memory says. Events and episodes are kept as they came; the others may be merged.</summary>
public enum MemoryKind
{
    Unspecified = 0,
    Fact = 1,
    Event = 2,
    Episode = 3,
    Procedure = 4,
    Insight = 5,
    Lesson = 6,
    Step = 7,
}
