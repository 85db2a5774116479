namespace MemoryCluster.Admission;

/// <summary>The rules by which a candidate is admitted, merged or rejected: plain functions of plain values.</summary>
internal static class AdmissionRules
{
    public static AdmissionVerdict Decide(
        MemoryDraft draft, TeamPolicy policy, int memories, MemoryRecord? exact, (MemoryRecord Memory, double Similarity)? nearest)
    {
        if (!Words.AtLeast(draft.Text, policy.WordsMin))
        {
            return new AdmissionVerdict.Reject("no_content");
        }

        if (exact is not null)
        {
            return new AdmissionVerdict.Merge(exact, 1, DuplicateKeys.IsMergeable(draft.Kind) ? "exact_duplicate" : "same_source_turn");
        }

        if (nearest is { } near && near.Similarity >= policy.MergeSimilarity)
        {
            return new AdmissionVerdict.Merge(near.Memory, near.Similarity, "near_duplicate");
        }

        return memories >= policy.MemoriesMax ? new AdmissionVerdict.Reject("team_full") : new AdmissionVerdict.Admit(draft.Grant?.Reason ?? "novel");
    }
}
