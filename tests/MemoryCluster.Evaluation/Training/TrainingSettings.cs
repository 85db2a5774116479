namespace MemoryCluster.Evaluation.Training;

/// <summary>How the built-in model is trained. Chosen by <c>leave-one-out</c>, on the training sets and the similarity files' own training parts.</summary>
internal sealed record TrainingSettings
{
    public int Seed { get; init; } = 1;

    public int Epochs { get; init; } = 6;

    /// <summary>Pairs a step; each is told from all others of its step.</summary>
    public int Batch { get; init; } = 256;

    public int WarmUpSteps { get; init; } = 50;

    /// <summary>The rates fall in a line to this part of themselves.</summary>
    public float LastRate { get; init; } = 0.1f;

    public float RowRate { get; init; } = 1e-3f;

    public float WeightRate { get; init; } = 5e-3f;

    /// <summary>How strongly rows are drawn back to the teacher's, a step.</summary>
    public float RowPull { get; init; } = 0.1f;

    /// <summary>How strongly the tokens' weights are drawn back to one, a step.</summary>
    public float WeightPull { get; init; } = 0.01f;

    public float Temperature { get; init; } = 0.05f;

    /// <summary>The power of a component's variance by which it is divided: 0 leaves the teacher's components, 0.5 makes them equally wide.</summary>
    public float Whitening { get; init; } = 0.25f;

    public int LexicalDimensions { get; init; } = 320;

    public float ContextDiscount { get; init; } = 0.5f;

    public float SemanticShare { get; init; } = 0.5f;
}
