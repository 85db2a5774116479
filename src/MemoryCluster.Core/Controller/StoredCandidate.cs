using MemoryCluster.Admission.Runs;

namespace MemoryCluster.Controller;

/// <summary>A candidate with its decision, and what of the decision has not reached its shard yet.</summary>
internal sealed record StoredCandidate
{
    public required CandidateDecision Decision { get; init; }

    /// <summary>What is remembered; null once it was erased with the memory made of it.</summary>
    public Candidate? Content { get; init; }

    /// <summary>By what it is found: the hash of a tool's call or of the task; null once its content was erased.</summary>
    public Guid? Question { get; init; }

    public UserId? User { get; init; }

    public required KeyId WrittenBy { get; init; }

    /// <summary>Counts the decisions, from 1: each is carried out once.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>The revision that has been carried out.</summary>
    public int Done { get; init; }

    public bool IsPending => Done < Revision;
}
