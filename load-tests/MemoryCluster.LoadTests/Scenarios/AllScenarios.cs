namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>The scenarios by name.</summary>
internal static class AllScenarios
{
    private const double RecallShare = 0.9;
    private const double BurstFactor = 10;

    // The exponent of what is usual among tenants of shared stores: the first of eight teams has over half of the traffic.
    private const double HotExponent = 1.6;

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
    ];

    public static Func<Random, int> Any(int teams) => random => random.Next(teams);

    /// <summary>Recalls and writes in their usual proportion.</summary>
    public static IReadOnlyList<LoadStream> Mixed(string group, double rate, TimeSpan from, TimeSpan to, Func<Random, int> team) =>
    [
        new($"{group}recall", LoadOperation.Recall, rate * RecallShare, from, to, team),
        new($"{group}remember", LoadOperation.Remember, rate * (1 - RecallShare), from, to, team),
    ];

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
