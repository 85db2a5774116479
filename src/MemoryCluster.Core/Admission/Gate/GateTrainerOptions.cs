namespace MemoryCluster.Admission.Gate;

/// <summary>The trainer's constants. Those that the paper leaves open are argued for in ADR 6.</summary>
public sealed record GateTrainerOptions
{
    /// <summary>Credit of a step that others used (the paper's beta). Default 0.5.</summary>
    public double UsageCredit { get; init; } = 0.5;

    /// <summary>Debit of a step whose serving was contradicted. Default 1.</summary>
    public double ContradictionDebit { get; init; } = 1;

    /// <summary>Price of keeping a step in the gradient (the paper's lambda for sparsity). Default 0.4.</summary>
    public double Sparsity { get; init; } = 0.4;

    /// <summary>
    /// Price of keeping a step when policies are compared, in units of credit. Default 0.125: a step that is used with a chance of 0.25 pays for
    /// itself, as by <see cref="GatePolicy.AdmitProbability"/>.
    /// </summary>
    public double KeepingPrice { get; init; } = 0.125;

    /// <summary>Credit of a measured effect of 1 in a replay. Default 1.</summary>
    public double ReplayCredit { get; init; } = 1;

    /// <summary>Weight of the policy's entropy, which keeps its odds finite. Default 0.2.</summary>
    public double Entropy { get; init; } = 0.2;

    /// <summary>Step width of AdaGrad. Default 0.5.</summary>
    public double LearningRate { get; init; } = 0.5;

    /// <summary>Groups that the published weights are averaged over. Default 100.</summary>
    public int AveragedGroups { get; init; } = 100;

    /// <summary>Most that one logged decision may count for when the policy has moved on. Default 4.</summary>
    public double ImportanceMax { get; init; } = 4;

    /// <summary>Labelled steps that calibration is fitted to, the latest. Default 1,024.</summary>
    public int SamplesMax { get; init; } = 1_024;
}
