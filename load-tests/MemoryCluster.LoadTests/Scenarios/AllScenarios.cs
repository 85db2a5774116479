namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>The scenarios by name.</summary>
internal static class AllScenarios
{
    private const double RecallShare = 0.9;
    private const double BurstFactor = 10;

    // The exponent of what is usual among tenants of shared stores: the first of eight teams has over half of the traffic.
    private const double HotExponent = 1.6;

    // Of the writes of a soak: kept to be looked at in the end. The others are forgotten, so that the store stays about as large as it is.
    private const double KeptShare = 0.05;

    // Arrivals are random: several in each while, so that no team is passed over.
    private const double ForgetsInAWhile = 4;

    private static readonly TimeSpan PassEvery = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<Scenario> List { get; } =
    [
        new()
        {
            Name = "remember", Summary = "Writes alone, to all teams alike.",
            Streams = (rate, duration, teams) => [new("remember", LoadOperation.Remember, rate, TimeSpan.Zero, duration, Any(teams))],
            FailIf = ["failed>0", "lost>0"],
        },
        new()
        {
            Name = "recall", Summary = "Recalls alone, of all teams alike.",
            Streams = (rate, duration, teams) => [new("recall", LoadOperation.Recall, rate, TimeSpan.Zero, duration, Any(teams))],
            FailIf = ["failed>0"],
        },
        new()
        {
            Name = "mixed", Summary = "90 % recalls and 10 % writes, to all teams alike.",
            Streams = (rate, duration, teams) => Mixed("", rate, TimeSpan.Zero, duration, Any(teams)),
            FailIf = ["failed>0", "lost>0"],
        },
        new()
        {
            Name = "team-burst", Summary = "One team's rate jumps tenfold for the middle third: what the others notice.", Percent = 50,
            Streams = Burst, CapacityStreams = (rate, duration, teams) => Mixed("", rate, TimeSpan.Zero, duration, Any(teams)),
            FailIf = ["failed>0", "lost>0"],
        },
        new()
        {
            Name = "hot-team", Summary = "Most of the traffic goes to one team (Zipf).", Percent = 50,
            Streams = Hot, CapacityStreams = (rate, duration, teams) => Mixed("", rate, TimeSpan.Zero, duration, Any(teams)),
            FailIf = ["failed>0", "lost>0"],
        },
        new()
        {
            Name = "diffusion-storm", Summary = "In the second half memories of all teams prove themselves and are offered widely, while recalls and writes go on.",
            Percent = 50, HasDiffusion = true, Duration = TimeSpan.FromSeconds(60),
            Streams = Storm, CapacityStreams = (rate, duration, teams) => Mixed("", rate, TimeSpan.Zero, duration, Any(teams)),
            FailIf = ["failed>0", "lost>0"],
        },
        new()
        {
            Name = "overload", Summary = "50, 80, 100 and 150 % of the capacity and 50 % again: goodput, how fast the excess is refused, memory.", Percent = 100,
            Duration = TimeSpan.FromSeconds(100), Streams = OverloadPhases.Streams,
            CapacityStreams = (rate, duration, teams) => Mixed("", rate, TimeSpan.Zero, duration, Any(teams)), Demands = OverloadPhases.Demands,
            FailIf = ["failed>0", "unsent>0", "lost>0"],
        },
        new()
        {
            Name = "failover", Summary = "Mixed load while processes are killed: how long each takes to be made good, and that nothing acknowledged is lost.",
            Percent = 50, Duration = TimeSpan.FromSeconds(60), KillEvery = TimeSpan.FromSeconds(20),
            Streams = (rate, duration, teams) => Mixed("", rate, TimeSpan.Zero, duration, Any(teams)),
            FailIf = ["lost>0"],
        },
        new()
        {
            Name = "soak", Summary = "Mixed load at half of the capacity for an hour with a kill a minute: slopes of memory and handles, nothing lost.",
            Percent = 50, Duration = TimeSpan.FromHours(1), KillEvery = TimeSpan.FromMinutes(1),
            Streams = Soak, CapacityStreams = (rate, duration, teams) => Mixed("", rate, TimeSpan.Zero, duration, Any(teams)),
            FailIf = ["lost>0", "memory-slope>1%"],
        },
    ];

    public static Func<Random, int> Any(int teams) => random => random.Next(teams);

    /// <summary>Recalls and writes in their usual proportion.</summary>
    public static IReadOnlyList<LoadStream> Mixed(string group, double rate, TimeSpan from, TimeSpan to, Func<Random, int> team) =>
    [
        new($"{group}recall", LoadOperation.Recall, rate * RecallShare, from, to, team),
        new($"{group}remember", LoadOperation.Remember, rate * (1 - RecallShare), from, to, team),
    ];

    private static IReadOnlyList<LoadStream> Storm(double rate, TimeSpan duration, int teams) =>
    [
        .. Mixed("calm.", rate, TimeSpan.Zero, duration / 2, Any(teams)),
        .. Mixed("storm.", rate, duration / 2, duration, Any(teams)),
        new("storm.diffuse", LoadOperation.Diffuse, teams / PassEvery.TotalSeconds, duration / 2, duration, InTurn(teams)),
    ];

    private static IReadOnlyList<LoadStream> Soak(double rate, TimeSpan duration, int teams)
    {
        var writes = rate * (1 - RecallShare);
        return
        [
            new("recall", LoadOperation.Recall, rate * RecallShare, TimeSpan.Zero, duration, Any(teams)),
            new("remember", LoadOperation.Remember, writes * KeptShare, TimeSpan.Zero, duration, Any(teams)),
            new("remember-for-a-while", LoadOperation.RememberForAWhile, writes * (1 - KeptShare), TimeSpan.Zero, duration, Any(teams)),
            new("forget", LoadOperation.Forget, teams * ForgetsInAWhile / ScenarioRequests.While.TotalSeconds, TimeSpan.Zero, duration, InTurn(teams)),
        ];
    }

    private static Func<Random, int> InTurn(int teams)
    {
        var next = 0;
        return _ => next++ % teams;
    }

    private static IReadOnlyList<LoadStream> Burst(double rate, TimeSpan duration, int teams)
    {
        var third = duration / 3;
        var share = rate / teams;
        var others = share * (teams - 1);
        Func<Random, int> other = random => 1 + random.Next(teams - 1);
        return
        [
            .. Mixed("burst-before.", share, TimeSpan.Zero, third, _ => 0),
            .. Mixed("burst-during.", share * BurstFactor, third, third * 2, _ => 0),
            .. Mixed("burst-after.", share, third * 2, duration, _ => 0),
            .. Mixed("others-before.", others, TimeSpan.Zero, third, other),
            .. Mixed("others-during.", others, third, third * 2, other),
            .. Mixed("others-after.", others, third * 2, duration, other),
        ];
    }

    private static IReadOnlyList<LoadStream> Hot(double rate, TimeSpan duration, int teams)
    {
        double[] weights = [.. Enumerable.Range(1, teams).Select(rank => Math.Pow(rank, -HotExponent))];
        var hot = weights[0] / weights.Sum();
        return
        [
            .. Mixed("hot.", rate * hot, TimeSpan.Zero, duration, _ => 0),
            .. Mixed("others.", rate * (1 - hot), TimeSpan.Zero, duration, random => Draw(weights, random)),
        ];
    }

    // Of all teams but the first.
    private static int Draw(double[] weights, Random random)
    {
        var left = random.NextDouble() * weights.Skip(1).Sum();
        for (var team = 1; team < weights.Length - 1; team++)
        {
            left -= weights[team];
            if (left < 0)
                return team;
        }

        return weights.Length - 1;
    }
}
