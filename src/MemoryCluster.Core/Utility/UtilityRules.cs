namespace MemoryCluster.Utility;

/// <summary>
/// What an outcome changes on a memory: mergeable counters, and the weight that follows from them. SEDM's Eq. 7 (arXiv 2509.09498, §3.2),
/// <c>w += alpha * U - beta * f</c>, with one update a use, the rent beta taken off the use's share, and U measured against what the
/// weight already claims: the walk becomes a mean and stays bounded. See ADR 8.
/// </summary>
public static class UtilityRules
{
    /// <summary>No memory ranks below it for what use has shown, so that none is lost to ranking alone.</summary>
    public const double WeightMin = 0.05;

    /// <summary>No memory ranks above it: use may double the odds that the texts give, and not drown them.</summary>
    public const double WeightMax = 2;

    /// <summary>Reward from which an outcome is a success.</summary>
    public const double SuccessMin = 0.5;

    /// <summary>Stages that are kept of a memory; the one with the fewest uses makes room.</summary>
    public const int StagesMax = 16;

    // From the mean share of a use, -0.5 to 0.5 where nothing else was used, to the weight's whole way up from 1.
    private const double WeightPerCredit = 2;

    // SEDM's epoch of 50 uses: what lies further back fades as new uses come.
    private const double TrialsMax = 50;

    private const double PruneWeight = 0.5;

    // EvoKernel, arXiv 2603.10846: Q(stage) += alpha (r - Q).
    private const double StageRate = 0.1;
    private const double StageUnknown = 0.5;

    /// <summary>The memory's counters after an outcome in which it was used.</summary>
    public static MemoryUtility Credited(MemoryUtility utility, MemoryCredit part, DateTimeOffset at, UtilityPolicy policy)
    {
        var kept = Fade(utility.LastUsedAt, at, policy) * (1 - (1 / TrialsMax));
        var prior = utility.Prior ?? utility.Weight;
        var trials = (utility.Trials * kept) + 1;
        var credit = (utility.Credit * kept) + part.Credit;
        return utility with
        {
            Weight = WeightOf(prior, trials, credit, policy),
            Prior = prior,
            Trials = trials,
            Credit = credit,
            Uses = utility.Uses + 1,
            Successes = utility.Successes + (part.Reward >= SuccessMin ? 1 : 0),
            RewardSum = utility.RewardSum + part.Reward,
            LastUsedAt = at,
            Stages = part.Stage is { } stage ? WithStage(utility.Stages ?? [], stage, part.Reward) : utility.Stages,
            Replayed = utility.Replayed + (part.ByReplay ? 1 : 0),
        };
    }

    /// <summary>
    /// The counters of two memories that become one, in either order the same: sums lose nothing, what fades is brought to one moment first.
    /// An outcome in which both were used counts as two uses, each with its own share.
    /// </summary>
    public static MemoryUtility Merge(MemoryUtility one, MemoryUtility other, UtilityPolicy policy)
    {
        var last = Later(one.LastUsedAt, other.LastUsedAt);
        var (first, second) = (Kept(one), Kept(other));
        var prior = Math.Max(one.Prior ?? one.Weight, other.Prior ?? other.Weight);
        var (trials, credit) = ((one.Trials * first) + (other.Trials * second), (one.Credit * first) + (other.Credit * second));
        return new MemoryUtility
        {
            Weight = WeightOf(prior, trials, credit, policy),
            Prior = prior,
            Trials = trials,
            Credit = credit,
            Uses = one.Uses + other.Uses,
            Successes = one.Successes + other.Successes,
            RewardSum = one.RewardSum + other.RewardSum,
            Confirmations = one.Confirmations + other.Confirmations,
            LastUsedAt = last,
            Stages = MergeStages(one.Stages ?? [], other.Stages ?? []),
            Replayed = one.Replayed + other.Replayed,
        };

        double Kept(MemoryUtility utility) => last is { } at ? Fade(utility.LastUsedAt, at, policy) : 1;
    }

    /// <summary>
    /// Whether use has shown that a memory does not help: ReMe's rule (arXiv 2512.10696), uses enough and too little reward, and besides a
    /// weight below half of what it began with, so that who was merely present where others failed stays. Events and episodes stay as they came.
    /// </summary>
    public static bool IsSpent(MemoryKind kind, MemoryUtility utility, UtilityPolicy policy) =>
        kind is not (MemoryKind.Event or MemoryKind.Episode)
        && utility.Uses >= policy.PruneUsesMin
        && utility.RewardSum < policy.PruneBelow * utility.Uses
        && utility.Weight < PruneWeight * (utility.Prior ?? 1);

    /// <summary>The mean share that use has shown of a memory, drawn towards 0 while uses are few.</summary>
    public static double ShownCredit(MemoryUtility utility, UtilityPolicy policy) =>
        utility.Trials > 0 ? utility.Credit / (utility.Trials + PriorTrials(policy)) : 0;

    /// <summary>The value of a memory at a stage beside that of one of which nothing is known: 0.5 to 1.5.</summary>
    public static double StageFactor(MemoryUtility utility, string stage)
    {
        foreach (var known in utility.Stages ?? [])
        {
            if (known.Stage == stage)
            {
                return 1 - StageUnknown + known.Value;
            }
        }

        return 1;
    }

    internal static double WeightOf(double prior, double trials, double credit, UtilityPolicy policy) => trials > 0
        ? Math.Clamp(prior + (WeightPerCredit * (credit - (policy.Rent * trials)) / (trials + PriorTrials(policy))), WeightMin, WeightMax)
        : prior;

    internal static double Fade(TimeSpan idle, UtilityPolicy policy) => Math.Pow(2, -Math.Max(0, idle.TotalDays) / policy.HalfLifeDays);

    private static double Fade(DateTimeOffset? last, DateTimeOffset now, UtilityPolicy policy) => last is { } at ? Fade(now - at, policy) : 1;

    // Of how many uses without any effect the prior is worth: the first use then moves the weight by alpha, the n-th by 1 / (n - 1 + 1 / alpha).
    private static double PriorTrials(UtilityPolicy policy) => (1 / policy.LearningRate) - 1;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private static ImmutableArray<StageValue> WithStage(ImmutableArray<StageValue> stages, string stage, double reward)
    {
        var place = Place(stages, stage);
        if (place < stages.Length && stages[place].Stage == stage)
        {
            var known = stages[place];
            return stages.SetItem(place, new StageValue(stage, known.Value + (StageRate * (reward - known.Value)), known.Uses + 1));
        }

        return Fitting(stages.Insert(place, new StageValue(stage, StageUnknown + (StageRate * (reward - StageUnknown)), 1)), but: place);
    }

    private static ImmutableArray<StageValue>? MergeStages(ImmutableArray<StageValue> one, ImmutableArray<StageValue> other)
    {
        if (one.IsEmpty && other.IsEmpty)
        {
            return null;
        }

        var merged = one.Concat(other)
            .GroupBy(value => value.Stage, StringComparer.Ordinal)
            .OrderBy(stage => stage.Key, StringComparer.Ordinal)
            .Select(stage => new StageValue(stage.Key, stage.Sum(value => value.Value * value.Uses) / stage.Sum(value => value.Uses), stage.Sum(value => value.Uses)))
            .ToImmutableArray();
        while (merged.Length > StagesMax)
        {
            merged = Fitting(merged, but: -1);
        }

        return merged;
    }

    private static int Place(ImmutableArray<StageValue> stages, string stage)
    {
        var place = 0;
        while (place < stages.Length && string.CompareOrdinal(stages[place].Stage, stage) < 0)
        {
            place++;
        }

        return place;
    }

    private static ImmutableArray<StageValue> Fitting(ImmutableArray<StageValue> stages, int but)
    {
        if (stages.Length <= StagesMax)
        {
            return stages;
        }

        var least = -1;
        for (var i = 0; i < stages.Length; i++)
        {
            if (i != but && (least < 0 || stages[i].Uses < stages[least].Uses))
            {
                least = i;
            }
        }

        return stages.RemoveAt(least);
    }
}
