namespace MemoryCluster.Admission.Gate;

/// <summary>How often steps of one kind came back: seen for the first time, of those asked for again by others, all such asks, and contradictions.</summary>
public readonly record struct RecurrenceCounts(long Steps, long Returned, long Asks, long Contradicted)
{
    public static RecurrenceCounts operator +(RecurrenceCounts left, RecurrenceCounts right) => left.Add(right);

    public RecurrenceCounts Add(RecurrenceCounts other) =>
        new(Steps + other.Steps, Returned + other.Returned, Asks + other.Asks, Contradicted + other.Contradicted);
}
