using MemoryCluster.Index.Vectors;
using MemoryCluster.Utility;

namespace MemoryCluster.Grains.Controller;

/// <summary>The ranges of a policy.</summary>
internal static class TeamPolicyRules
{
    private const int WordsMinMax = 1_000;
    private const int MemoriesMaxMax = 10_000_000;
    private const int PruneUsesMinMax = 1_000_000;
    // the longest text that a memory may have
    private const int InsightCharsMaxMax = 8_192;
    private const double LearningRateMin = 0.001;
    private const double DaysMin = 0.01;
    private const int TeamsMaxMax = 100;
    private const int ConfirmUsesMinMax = 1_000;
    private const double UnitDaysMin = 0.00001;
    private const double BytesMaxMax = 1e15;
    private const double DaysMax = 36_500;
    private const int ReplaysPerDayMax = 100_000_000;
    private const int RunsMaxMax = 1_000_000;

    /// <exception cref="MemoryClusterException"><see cref="MemoryFault.BadRequest"/>, naming the member that is out of range.</exception>
    public static void Check(TeamPolicy policy)
    {
        Share("mergeSimilarity", policy.MergeSimilarity);
        Share("candidateWeight", policy.CandidateWeight);
        Count("wordsMin", policy.WordsMin, 0, WordsMinMax);
        Count("memoriesMax", policy.MemoriesMax, 1, MemoriesMaxMax);
        Range("confidence", policy.Confidence, 0.5, 0.999);
        Range("effectMin", policy.EffectMin, -1, 1);
        Share("tokenCost", policy.TokenCost);
        Share("latencyCost", policy.LatencyCost);
        Count("replaysPerDay", policy.ReplaysPerDay, 0, ReplaysPerDayMax);
        Count("runsMax", policy.RunsMax, 1, RunsMaxMax);
        Check(policy.Utility);
        Check(policy.Forgetting);
        Share("familySimilarity", policy.Consolidation.FamilySimilarity);
        Count("insightCharsMax", policy.Consolidation.InsightCharsMax, 1, InsightCharsMaxMax);
        Count("familyMax", policy.Consolidation.FamilyMax, 2, MemoryStanding.MergedMax);
        Check(policy.Diffusion);
    }

    /// <exception cref="MemoryClusterException">
    /// <see cref="MemoryFault.BadRequest"/> with the code <c>chat_not_configured</c> where it begins to want a language model and there is none.
    /// </exception>
    public static void CheckModel(TeamPolicy before, TeamPolicy policy, ISummaryWriter? writer)
    {
        if (policy.Consolidation.WriteSummaries && !before.Consolidation.WriteSummaries && writer is null)
        {
            throw new MemoryClusterException(
                MemoryFault.BadRequest, "This server has no language model to write summaries: configure the section Chat first.",
                code: "chat_not_configured", field: "consolidation.writeSummaries");
        }
    }

    private static void Check(UtilityPolicy policy)
    {
        Range("learningRate", policy.LearningRate, LearningRateMin, 1);
        Share("rent", policy.Rent);
        Range("halfLifeDays", policy.HalfLifeDays, DaysMin, DaysMax);
        Count("pruneUsesMin", policy.PruneUsesMin, 1, PruneUsesMinMax);
        Share("pruneBelow", policy.PruneBelow);
        Share("exploration", policy.Exploration);
    }

    private static void Check(ForgettingPolicy policy)
    {
        Range("unitDays", policy.UnitDays, UnitDaysMin, DaysMax);
        Share("warmBelow", policy.WarmBelow);
        Range("coldBelow", policy.ColdBelow, 0, policy.WarmBelow);
        Range("archiveBelow", policy.ArchiveBelow, 0, policy.ColdBelow);
        Count("recordsMax", policy.RecordsMax, 0, MemoriesMaxMax);
        Range("bytesMax", policy.BytesMax, 0, BytesMaxMax);
        Bits("warmBits", policy.WarmBits, TieredVectorIndex.FullBits);
        Bits("coldBits", policy.ColdBits, policy.WarmBits);
        Bits("archivedBits", policy.ArchivedBits, policy.ColdBits);
    }

    private static void Bits(string field, int value, int max)
    {
        if (value > max || !TieredVectorIndex.Precisions.Contains(value))
        {
            throw OutOfRange($"{field} is {value}; it must be 32, 8, 4 or 2, and at most {max}: what is colder is held in no more bits.", field);
        }
    }

    private static void Check(DiffusionPolicy policy)
    {
        Count("usesMin", policy.UsesMin, 0, PruneUsesMinMax);
        Range("weightMin", policy.WeightMin, 0, UtilityRules.WeightMax);
        Share("weightShare", policy.WeightShare);
        Share("nearnessMin", policy.NearnessMin);
        Count("teamsMax", policy.TeamsMax, 0, TeamsMaxMax);
        Count("confirmUsesMin", policy.ConfirmUsesMin, 1, ConfirmUsesMinMax);
    }

    private static void Share(string field, double value) => Range(field, value, 0, 1);

    private static void Range(string field, double value, double min, double max)
    {
        // written so that NaN fails it too
        if (!(value >= min && value <= max))
        {
            throw OutOfRange($"{field} is {value}; it must lie between {min} and {max}.", field);
        }
    }

    private static void Count(string field, int value, int min, int max)
    {
        if (value < min || value > max)
        {
            throw OutOfRange($"{field} is {value}; it must lie between {min} and {max}.", field);
        }
    }

    private static MemoryClusterException OutOfRange(FormattableString message, string field) =>
        new(MemoryFault.BadRequest, FormattableString.Invariant(message), code: "out_of_range", field: field);
}
