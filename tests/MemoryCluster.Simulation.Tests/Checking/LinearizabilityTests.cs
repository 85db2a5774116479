using MemoryCluster.Simulations.Checking;
using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Tests.Checking;

public sealed class LinearizabilityTests
{
    private const int Seeds = 300;

    [Fact]
    public void HistoriesOfOneRegister_AreAccepted_HoweverTheirCallsOverlap()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            Assert.True(Linearizability.Holds(TrueHistory(new Random(seed))), $"seed {seed}");
        }
    }

    [Fact]
    public void AReadMovedBehindALaterVersion_IsFound()
    {
        var found = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var steps = TrueHistory(new Random(seed));
            if (steps.OfType<See>().FirstOrDefault(see => steps.OfType<Change>().Any(change => change.IfVersion == see.Version)) is not { } read)
            {
                continue;
            }

            // After everything, the version that a change replaced is seen no more.
            var end = steps.Max(step => step.End);
            steps.Add(read with { Start = end + 1, End = end + 2 });
            Assert.False(Linearizability.Holds(steps), $"seed {seed}");
            found++;
        }

        Assert.True(found > Seeds / 2);
    }

    [Fact]
    public void ManyUnknownChangesOfOneVersion_AreSearchedQuickly()
    {
        var steps = new List<LifeStep> { new Create(0, 1, false, new Wording("0", Visibility.Team)) };
        steps.AddRange(Enumerable.Range(0, 60).Select(i => new Change(2, long.MaxValue, true, 1 + (i % 3), $"{i}", null)));
        steps.Add(new See(10, 11, 4, new Wording("nobody's", Visibility.Team)));

        Assert.False(Linearizability.Holds(steps));
    }

    [Fact]
    public void TooManySteps_AreSaidToBeTooMany()
    {
        var steps = Enumerable.Range(0, 200).Select(i => (LifeStep)new Miss(i, i + 1));

        Assert.Throws<ArgumentException>(() => Linearizability.Holds(steps));
    }

    // Effects at known instants, in order; each call is drawn out to both sides of its instant, so that neighbours overlap.
    private static List<LifeStep> TrueHistory(Random random)
    {
        var steps = new List<LifeStep>();
        var state = LifeState.Unwritten;
        for (var instant = 100; instant < 2_000; instant += 100)
        {
            var (start, end) = (instant - random.Next(1, 250), instant + random.Next(1, 250));
            var step = Next(random, state, start, end);
            state = step.Apply(state)!.Value;
            steps.Add(random.Next(6) == 0 && !step.IsRead ? step with { End = long.MaxValue, IsOptional = true } : step);
        }

        return steps;
    }

    private static LifeStep Next(Random random, LifeState state, long start, long end) => state switch
    {
        { Version: 0 } when random.Next(2) == 0 => new Create(start, end, false, new Wording($"{start}", Visibility.Team)),
        { IsThere: false } => new Miss(start, end),
        _ => random.Next(12) switch
        {
            < 4 => new Change(start, end, false, state.Version, $"{start}", null),
            4 => new Delete(start, end, false),
            5 => new SeeOther(start, end, state.Version + 1),
            _ => new See(start, end, state.Version, state.Wording),
        },
    };
}
