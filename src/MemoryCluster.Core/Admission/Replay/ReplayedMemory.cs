using MemoryCluster.Admission.Runs;
using MemoryCluster.Recall;
using MemoryCluster.Records;
using MemoryCluster.Statements;

namespace MemoryCluster.Admission.Replay;

/// <summary>A candidate, read for replay.</summary>
internal sealed class ReplayedMemory(Candidate candidate)
{
    // Words that a question and a memory's key must share before the memory is put to the question.
    private const double SameQuestionShare = 0.6;
    private const int SharedWordsMin = 2;

    private readonly Statement _asked = new(candidate.Question);

    public StatementText Text { get; } = StatementText.Read(candidate.Text);

    /// <summary>What it claims to be so: arguments that it repeats are none of that.</summary>
    public StatementText Answer { get; } = StatementText.Read(candidate.Answer ?? candidate.Text);

    public Guid TextHash { get; } = Hash128.Of("text", candidate.Text);

    public int Tokens { get; } = RecallFusion.TokensOf(candidate.Text);

    public bool HasSignature => candidate is { Tool: not null, Kind: MemoryKind.Step };

    /// <summary>Whether this is what one would look up for the question.</summary>
    public bool Answers(ReplayQuestion question)
    {
        // Of a tool's call the arguments say all: "order 7" and "order 8" share every word but one.
        if (HasSignature)
        {
            return question.Signature == candidate.Signature;
        }

        var (mine, others) = (_asked.Words, question.Asked.Words);
        var shared = mine.Count(others.Contains);
        return shared >= SharedWordsMin && shared >= SameQuestionShare * Math.Min(mine.Count, others.Count) && !_asked.CountsOther(question.Asked);
    }
}
