using System.Text;
using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Forgetting;

/// <summary>
/// What fades and what goes first. Retention is exp(-t / S) in the team's unit of time (Ebbinghaus, as in MemoryBank and SuperLocalMemory,
/// algorithms §6.3 and §6.7), S grows with uses, confirmations, the learned weight and trust. See ADR 9.
/// </summary>
public static class ForgettingRules
{
    /// <summary>Reason of an archiving: time has passed over it.</summary>
    public const string Faded = "faded";

    /// <summary>Reason of an archiving: the team's budget is full of what is worth more.</summary>
    public const string OverBudget = "over_budget";

    /// <summary>Reason of an archiving: its uses have shown that it does not help.</summary>
    public const string Pruned = "pruned_by_use";

    private const double StrengthMin = 0.1;
    private const double StrengthMax = 100;

    // SuperLocalMemory's weights; confirmations as a logarithm like uses, so that nobody makes a memory last by saying it a hundred times.
    private const double OfUses = 2;
    private const double OfConfirmations = 1;
    private const double OfWeight = 1.5;
    private const double OfTrust = 0.5;

    // Ids, times and provenance of a record, and its entries in the indexes.
    private const int BytesBesides = 512;

    /// <summary>How slowly a memory fades: 2 for one that is new and untried.</summary>
    public static double Strength(MemoryRecord memory) => Math.Clamp(
        1
        + (OfUses * Math.Log(1 + memory.Utility.Uses))
        + (OfConfirmations * Math.Log(1 + memory.Utility.Confirmations + (memory.Standing?.Confirmations ?? 0)))
        + (OfWeight * memory.Utility.Weight / Utility.UtilityRules.WeightMax)
        + (OfTrust * memory.Trust),
        StrengthMin,
        StrengthMax);

    /// <summary>What is left of a memory, 0 to 1, since it was last written, changed, confirmed or used.</summary>
    public static double Retention(MemoryRecord memory, ForgettingPolicy policy, DateTimeOffset now) =>
        Math.Exp(-Math.Max(0, (now - LastTouched(memory)).TotalDays) / (policy.UnitDays * Strength(memory)));

    public static MemoryZone ZoneOf(double retention, ForgettingPolicy policy) =>
        retention > policy.WarmBelow ? MemoryZone.Active
        : retention > policy.ColdBelow ? MemoryZone.Warm
        : retention > policy.ArchiveBelow || policy.ArchiveBelow == 0 ? MemoryZone.Cold
        : MemoryZone.Archived;

    /// <summary>How far a memory has faded, for who asks.</summary>
    public static MemoryFading FadingOf(MemoryRecord memory, ForgettingPolicy policy, DateTimeOffset now)
    {
        var retention = Retention(memory, policy, now);
        var isImmune = IsImmune(memory, policy);
        var zone = memory.State == MemoryState.Archived ? MemoryZone.Archived : isImmune ? MemoryZone.Active : ZoneOf(retention, policy);
        return new MemoryFading(Strength(memory), retention, zone, isImmune);
    }

    /// <summary>Bits a component that a memory's vector is to be held in.</summary>
    public static int BitsOf(MemoryRecord memory, ForgettingPolicy policy, DateTimeOffset now) =>
        policy.ArchivedBits == TieredVectorIndex.FullBits ? TieredVectorIndex.FullBits : FadingOf(memory, policy, now).Zone switch
        {
            MemoryZone.Active => TieredVectorIndex.FullBits,
            MemoryZone.Warm => policy.WarmBits,
            MemoryZone.Cold => policy.ColdBits,
            MemoryZone.Archived => policy.ArchivedBits,
            _ => throw new ArgumentOutOfRangeException(nameof(memory), "A memory in a zone that has no precision."),
        };

    public static bool IsImmune(MemoryRecord memory, ForgettingPolicy policy) =>
        policy.ImmuneKinds.Contains(memory.Kind) || memory.Tags.Any(policy.ImmuneTags.Contains);

    /// <summary>Whether forgetting concerns it: it is found, and the policy does not spare it.</summary>
    public static bool MayFade(MemoryRecord memory, ForgettingPolicy policy) =>
        memory.State is MemoryState.Active or MemoryState.Candidate && !IsImmune(memory, policy);

    public static bool IsFaded(MemoryRecord memory, ForgettingPolicy policy, DateTimeOffset now) =>
        MayFade(memory, policy) && ZoneOf(Retention(memory, policy, now), policy) == MemoryZone.Archived;

    public static MemoryRecord Archived(MemoryRecord memory, string reason, DateTimeOffset at) =>
        memory with { State = MemoryState.Archived, Archive = new ArchiveMark(reason, at, memory.State) };

    /// <summary>The memory as it was before it was archived; itself where it is not.</summary>
    public static MemoryRecord Revived(MemoryRecord memory) => memory.State == MemoryState.Archived
        ? memory with { State = memory.Archive?.From ?? MemoryState.Active, Archive = null }
        : memory;

    /// <summary>About what a memory takes: its text and what came with it, its vector, and the record around them.</summary>
    public static int BytesOf(MemoryRecord memory, int dimensions) =>
        Encoding.UTF8.GetByteCount(memory.Text)
        + Encoding.UTF8.GetByteCount(memory.Metadata ?? "")
        + memory.Tags.Sum(Encoding.UTF8.GetByteCount)
        + (dimensions * sizeof(float))
        + BytesBesides;

    private static DateTimeOffset LastTouched(MemoryRecord memory)
    {
        var last = memory.Times.UpdatedAt;
        last = memory.Utility.LastUsedAt is { } used && used > last ? used : last;
        return memory.Evidence is [.., { } said] && said.At > last ? said.At : last;
    }
}
