using MemoryCluster.LoadTests.Chaos;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>All probes together: whether every team is served, and since when.</summary>
internal sealed class ServiceWatch(ServiceProbe[] probes, ChaosTally tally, TimeSpan outageMax, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public void Watch()
    {
        foreach (var probe in probes)
            probe.Watch();
    }

    /// <summary>The longest that any team was not served since <see cref="Watch"/>.</summary>
    public TimeSpan LongestSilence() => probes.Max(probe => probe.LongestSilence());

    /// <summary>How long it took from then until every team was served with something that was asked after it.</summary>
    public async Task<TimeSpan> ServedSinceAsync(long timestamp, string cause, CancellationToken cancellationToken)
    {
        while (!probes.All(probe => probe.HasServedSince(timestamp)))
        {
            if (clock.GetElapsedTime(timestamp) > outageMax)
            {
                var waiting = probes.Count(probe => !probe.HasServedSince(timestamp));
                tally.Violate("outage", $"{waiting} teams are not served {outageMax.TotalSeconds:F0} s after {cause}");
                break;
            }

            await Task.Delay(Look, clock, cancellationToken);
        }

        return clock.GetElapsedTime(timestamp);
    }
}
