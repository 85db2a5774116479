using MemoryCluster.Utility;

namespace MemoryCluster.Core.Tests.Utility;

public sealed class UtilityRulesTests
{
    private static readonly UtilityPolicy Policy = new();
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void FirstUse_MovesTheWeightByTheLearningRate_LessRent()
    {
        var used = Credited(new MemoryUtility(), 0.5);

        Assert.Equal(1 + (0.3 * 2 * (0.5 - 0.01)), used.Weight, 12);
        Assert.Equal((1, 1, 1.0, 1.0, Start), (used.Uses, used.Successes, used.RewardSum, used.Prior, used.LastUsedAt));
    }

    [Fact]
    public void Weight_ApproachesWhatTheUsesEarn_AndStaysBounded()
    {
        var (good, even, bad) = (new MemoryUtility(), new MemoryUtility(), new MemoryUtility());
        for (var i = 0; i < 500; i++)
        {
            (good, bad) = (Credited(good, 1), Credited(bad, -1));
            even = Credited(even, i % 2 == 0 ? 0.5 : -0.5);
        }

        Assert.Equal((UtilityRules.WeightMax, UtilityRules.WeightMin), (good.Weight, bad.Weight));
        Assert.InRange(even.Weight, 0.94, 1.02);
    }

    [Fact]
    public void UseThatEarnsNothing_CostsItsRent()
    {
        var used = new MemoryUtility();
        for (var i = 0; i < 100; i++)
        {
            used = Credited(used, 0);
        }

        Assert.InRange(used.Weight, 0.979, 0.982);
    }

    [Fact]
    public void WhatUseHasShown_FadesWithIdleness()
    {
        var proven = Credited(Credited(new MemoryUtility(), 0.5), 0.5);
        var later = Start.AddDays(Policy.HalfLifeDays);

        var again = UtilityRules.Credited(proven, new MemoryCredit(default, 0.5, 0, null), later, Policy);

        Assert.Equal((proven.Trials * 0.5 * 0.98) + 1, again.Trials, 12);
        Assert.Equal(proven.Credit * 0.5 * 0.98, again.Credit, 12);
        Assert.Equal(3, again.Uses);
    }

    [Fact]
    public void Candidate_KeepsItsPrior()
    {
        var used = Credited(new MemoryUtility { Weight = 0.5 }, 0);

        Assert.Equal(0.5, used.Prior);
        Assert.InRange(used.Weight, 0.49, 0.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Merge_LosesNothing_AndIsTheSameInAnyOrder(int seed)
    {
        var random = new Random(seed);
        var parts = Enumerable.Range(0, 5).Select(_ => Random(random)).ToArray();

        var forwards = parts.Aggregate((sum, next) => UtilityRules.Merge(sum, next, Policy));
        var backwards = parts.Reverse().Aggregate((sum, next) => UtilityRules.Merge(next, sum, Policy));
        var halves = UtilityRules.Merge(UtilityRules.Merge(parts[3], parts[1], Policy), UtilityRules.Merge(parts[4], UtilityRules.Merge(parts[0], parts[2], Policy), Policy), Policy);

        Assert.Equal(parts.Sum(part => part.Uses), forwards.Uses);
        Assert.Equal(parts.Sum(part => part.Successes), forwards.Successes);
        Assert.Equal(parts.Sum(part => part.Confirmations), forwards.Confirmations);
        Assert.Equal(parts.Sum(part => part.RewardSum), forwards.RewardSum, 9);
        Assert.Equal(parts.Max(part => part.LastUsedAt), forwards.LastUsedAt);
        Assert.Equal(
            parts.SelectMany(part => part.Stages ?? []).Sum(stage => stage.Value * stage.Uses), forwards.Stages!.Value.Sum(stage => stage.Value * stage.Uses), 9);
        foreach (var other in new[] { backwards, halves })
        {
            Assert.Equal((forwards.Uses, forwards.Successes, forwards.LastUsedAt), (other.Uses, other.Successes, other.LastUsedAt));
            Assert.Equal(forwards.Weight, other.Weight, 9);
            Assert.Equal(forwards.Trials, other.Trials, 9);
            Assert.Equal(forwards.Credit, other.Credit, 9);
            Assert.Equal(forwards.Stages.Value.Select(stage => (stage.Stage, stage.Uses)), other.Stages!.Value.Select(stage => (stage.Stage, stage.Uses)));
        }
    }

    [Fact]
    public void MergeOfOneUseEach_WeighsLikeBothUsesOfOne()
    {
        var (one, other) = (Credited(new MemoryUtility(), 0.5), Credited(new MemoryUtility(), -0.25));

        var merged = UtilityRules.Merge(one, other, Policy);

        Assert.Equal(UtilityRules.WeightOf(1, 2, 0.25, Policy), merged.Weight, 12);
    }

    [Fact]
    public void MergeOfTheUntried_StaysUntried()
    {
        var merged = UtilityRules.Merge(new MemoryUtility { Confirmations = 1 }, new MemoryUtility { Weight = 0.5 }, Policy);

        Assert.Equal((1.0, 0.0, 0, 1), (merged.Weight, merged.Trials, merged.Uses, merged.Confirmations));
        Assert.Null(merged.Stages);
    }

    [Theory]
    [InlineData(MemoryKind.Fact, 5, 0.4, 0.49, true)]
    [InlineData(MemoryKind.Fact, 4, 0.0, 0.1, false)]
    [InlineData(MemoryKind.Fact, 5, 0.5, 0.1, false)]
    [InlineData(MemoryKind.Fact, 5, 0.4, 0.51, false)]
    [InlineData(MemoryKind.Episode, 9, 0.0, 0.05, false)]
    public void Pruning_WantsUses_TooLittleReward_AndBlame(MemoryKind kind, int uses, double reward, double weight, bool isSpent)
    {
        var utility = new MemoryUtility { Uses = uses, RewardSum = uses * reward, Prior = 1, Weight = weight };

        Assert.Equal(isSpent, UtilityRules.IsSpent(kind, utility, Policy));
    }

    [Fact]
    public void StageValue_FollowsItsRewards()
    {
        var utility = new MemoryUtility();
        utility = Credited(utility, 0, reward: 1, stage: "refine");
        utility = Credited(utility, 0, reward: 1, stage: "draft");
        utility = Credited(utility, 0, reward: 0, stage: "refine");

        Assert.Equal([("draft", 0.55, 1), ("refine", 0.495, 2)], utility.Stages!.Value.Select(stage => (stage.Stage, Math.Round(stage.Value, 12), stage.Uses)));
        Assert.Equal((1.05, 1), (UtilityRules.StageFactor(utility, "draft"), UtilityRules.StageFactor(utility, "other")));
    }

    [Fact]
    public void Stages_AreBounded_AndTheNewestIsKept()
    {
        var utility = new MemoryUtility();
        for (var i = 0; i < 40; i++)
        {
            utility = Credited(utility, 0, reward: 1, stage: $"stage {i:00}");
        }

        Assert.Equal(UtilityRules.StagesMax, utility.Stages!.Value.Length);
        Assert.Contains(utility.Stages.Value, stage => stage.Stage == "stage 39");
        Assert.Equal(utility.Stages.Value.OrderBy(stage => stage.Stage, StringComparer.Ordinal), utility.Stages.Value);
    }

    [Fact]
    public void LessTried_StandsAboveMoreTriedOfTheSameWeight_AndTheUntriedKeepsItsWeight()
    {
        var once = FadingWeight.Of(new MemoryUtility { Prior = 1, Trials = 1, Credit = 0.01, LastUsedAt = Start });
        var often = FadingWeight.Of(new MemoryUtility { Prior = 1, Trials = 40, Credit = 0.4, LastUsedAt = Start });
        var now = FadingWeight.MinuteOf(Start);

        Assert.Equal(1, FadingWeight.Of(new MemoryUtility()).At(now, Policy));
        Assert.True(1 > once.At(now, Policy) && once.At(now, Policy) > often.At(now, Policy));
        Assert.True(often.At(now + (uint)TimeSpan.FromDays(900).TotalMinutes, Policy) > often.At(now, Policy));
    }

    private static MemoryUtility Credited(MemoryUtility utility, double credit, double reward = 1, string? stage = null) =>
        UtilityRules.Credited(utility, new MemoryCredit(default, reward, credit, stage), Start, Policy);

    private static MemoryUtility Random(Random random)
    {
        var utility = new MemoryUtility { Confirmations = random.Next(3) };
        for (var use = random.Next(1, 9); use > 0; use--)
        {
            utility = UtilityRules.Credited(
                utility,
                new MemoryCredit(default, random.NextDouble(), random.NextDouble() - 0.5, $"stage {random.Next(3)}"),
                (utility.LastUsedAt ?? Start).AddDays(random.Next(40)),
                Policy);
        }

        return utility;
    }
}
