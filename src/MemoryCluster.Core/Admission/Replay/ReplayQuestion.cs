using MemoryCluster.Statements;

namespace MemoryCluster.Admission.Replay;

/// <summary>A question that a run put, with what the run found the answer to be.</summary>
/// <param name="Signature">The tool and its arguments; null where no tool was asked.</param>
/// <param name="Asked">The question, read.</param>
/// <param name="Found">The answer.</param>
internal sealed record ReplayQuestion(Guid? Signature, Statement Asked, StatementText Found);
