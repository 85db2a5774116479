namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>What an evaluation found.</summary>
internal sealed record EvaluationReport
{
    public required string Dataset { get; init; }

    public required int Questions { get; init; }

    public required int Passages { get; init; }

    /// <summary>Passages by what was decided of them. A merged one is found where the memory that took it in is.</summary>
    public required IReadOnlyDictionary<string, int> Decisions { get; init; }

    /// <summary>One for each way of searching, in the same order as the columns of the table.</summary>
    public required IReadOnlyList<EvaluationRun> Runs { get; init; }

    /// <summary>Fused recall less that of BM25 alone, question by question, at each depth.</summary>
    public required IReadOnlyDictionary<int, Estimate> FusedLessLexical { get; init; }
}
