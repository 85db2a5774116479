using MemoryCluster.Admission.Replay;
using MemoryCluster.Recall;
using MemoryCluster.Statements;

namespace MemoryCluster.Evaluation.Lift;

/// <summary>
/// What a run knows of a question's answer before it puts it, within one budget. By the built-in replayer's rule: the share that what was given tells, or a memory that answers this question, whichever is more;
/// nothing where such a memory says otherwise. Words that a memory of something else has in common with the answer do not count.
/// </summary>
/// <param name="tokensMax">What is given and what is recalled may take together.</param>
/// <param name="memoryFirst">Whether what was given is cut to what memories leave, or memories get what is left of what was given.</param>
internal sealed class EvidenceReader(int tokensMax, bool memoryFirst)
{
    private const int CharsPerToken = 4;

    /// <summary>What may be recalled beside what was given.</summary>
    public int TokensBeside(string given) => memoryFirst ? tokensMax : Math.Max(0, tokensMax - RecallFusion.TokensOf(given));

    public EvidenceReading Read(StreamQuestion question, string given, IReadOnlyList<MemoryRecord> recalled, Func<MemoryRecord, ReplayedMemory> readerOf)
    {
        var left = Math.Max(0, tokensMax - recalled.Sum(memory => RecallFusion.TokensOf(memory.Text))) * CharsPerToken;
        var found = question.Read.Found;
        var coverage = found.CoverageBy(StatementText.Read(given.Length > left ? given[..left] : given));
        var (isAnswered, isMisled) = (false, false);
        foreach (var memory in recalled.Select(readerOf).Where(memory => memory.Answers(question.Read)))
        {
            var told = found.CoverageBy(memory.Text);
            isAnswered = true;
            isMisled |= EvidenceReplay.IsLedAstray(memory, question.Read, told);
            coverage = Math.Max(coverage, told);
        }

        return new EvidenceReading(isMisled ? 0 : coverage, isMisled, isAnswered);
    }
}
