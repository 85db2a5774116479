using MemoryCluster.LoadTests.Targets;

namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>Kills one process of a target again and again, and starts it again.</summary>
/// <param name="every">How often; null for never.</param>
/// <param name="duration">Nothing is killed after.</param>
internal sealed class Killer(ILoadTarget target, TimeSpan? every, TimeSpan duration, int seed, TimeProvider clock)
{
    private readonly List<(TimeSpan At, string Process, TimeSpan Ready)> _kills = [];

    /// <summary>What was killed when, and after how long it was ready again.</summary>
    public IReadOnlyList<(TimeSpan At, string Process, TimeSpan Ready)> Kills => _kills;

    /// <summary>Ends when the last one that was killed is ready again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (every is not { } between)
            return;
        var random = new Random(seed);
        var began = clock.GetTimestamp();
        for (var due = between; due < duration; due += between)
        {
            var wait = due - clock.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, cancellationToken);
            var at = clock.GetElapsedTime(began);
            var killed = await target.KillOneAsync(random, cancellationToken);
            _kills.Add((at, killed, clock.GetElapsedTime(began) - at));
        }
    }
}
