namespace MemoryCluster.Admission.Gate;

/// <summary>What a <see cref="RecurrenceRecord"/> knew of a step's kinds at the moment, and how the runs on its task agree.</summary>
public readonly record struct RecurrenceView
{
    /// <summary>Steps of any kind.</summary>
    public RecurrenceCounts All { get; init; }

    /// <summary>Steps of this tool.</summary>
    public RecurrenceCounts Tool { get; init; }

    /// <summary>Steps of this tool whose arguments have this shape and which failed alike.</summary>
    public RecurrenceCounts Shape { get; init; }

    /// <summary>Steps of this domain.</summary>
    public RecurrenceCounts Domain { get; init; }

    /// <summary>Other runs of the task that took this very action before.</summary>
    public int ActionRuns { get; init; }

    /// <summary>Whether this very action gave different observations before.</summary>
    public bool ActionContradicted { get; init; }

    /// <summary>Other runs of the task that have not ended.</summary>
    public int OthersActive { get; init; }

    /// <summary>This run's earlier steps.</summary>
    public int RunSteps { get; init; }

    /// <summary>Of these, the steps that failed.</summary>
    public int RunFailures { get; init; }

    /// <summary>Whether this run took this very action before.</summary>
    public bool RunRepeated { get; init; }

    /// <summary>Of its earlier steps, those that another run had taken before or took since.</summary>
    public int RunShared { get; init; }
}
