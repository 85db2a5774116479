using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Ranking;

/// <summary>Memories that are searched together, and the questions asked of them.</summary>
/// <param name="Name">Of the data set.</param>
/// <param name="Drafts">In the order in which they are written.</param>
/// <param name="Questions">With the positions of their evidence.</param>
internal sealed record RankingSet(string Name, IReadOnlyList<MemoryDraft> Drafts, IReadOnlyList<RankingQuestion> Questions)
{
    /// <summary>The same as texts alone, for rankers that know no more.</summary>
    public RetrievalSet ForRetrieval() => new(
        Name, [.. Drafts.Select(draft => draft.Text)], [.. Questions.Select(question => new Question(question.Text, question.Gold))]);
}

/// <summary>A question, its category within its set, and where its evidence stands.</summary>
internal sealed record RankingQuestion(string Text, string Category, IReadOnlyList<int> Gold);
