namespace MemoryCluster.Admission.Gate;

/// <summary>The bank beside a step: the memories that the step's task could be served from.</summary>
public readonly record struct BankView
{
    /// <summary>Memories it holds.</summary>
    public int Size { get; init; }

    /// <summary>Cosine of the nearest memory to the step's output, 0 where there is none.</summary>
    public double NearestSimilarity { get; init; }

    /// <summary>Whether the nearest came of the same tool.</summary>
    public bool NearestSameTool { get; init; }

    /// <summary>Whether it holds this very action with this very observation.</summary>
    public bool HasStep { get; init; }

    /// <summary>Whether it holds this very action with another observation.</summary>
    public bool Contradicts { get; init; }
}
