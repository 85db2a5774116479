namespace MemoryCluster.Admission.Gate;

/// <summary>One logged decision and what became of it: all that the trainer and off-line evaluation read.</summary>
public sealed record GateStep
{
    /// <summary>The features as they were decided on, in the order of <see cref="GateFeature"/>.</summary>
    public required ImmutableArray<float> Features { get; init; }

    public required GateVerdict Verdict { get; init; }

    /// <summary>Chance with which the logging policy took the verdict, above 0.</summary>
    public required double Propensity { get; init; }

    /// <summary>How often others were served it.</summary>
    public int Uses { get; init; }

    /// <summary>How often what it served was not what the asker would have observed.</summary>
    public int Contradictions { get; init; }

    /// <summary>How often others took the same action with the same observation afterwards: known of dropped steps too.</summary>
    public int Repeats { get; init; }

    /// <summary>Effect that a replay measured, in units of reward; null where there was none.</summary>
    public double? ReplayEffect { get; init; }

    /// <summary>Whether it was kept in either way.</summary>
    public bool IsKept => Verdict is GateVerdict.Candidate or GateVerdict.Admit;

    /// <summary>Whether later use, or a replay, showed it to be worth keeping.</summary>
    public bool IsUseful => ReplayEffect is { } effect ? effect > 0 : Contradictions == 0 && (Uses > 0 || Repeats > 0);
}
