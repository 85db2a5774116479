namespace MemoryCluster.LoadTests.Measuring;

/// <summary>When each request is due, fixed before the first one is sent: a slow answer delays no arrival and hides behind none.</summary>
internal static class ArrivalSchedule
{
    /// <summary>Arrivals of a Poisson process: exponential gaps, so that bursts come as they come from independent callers.</summary>
    public static TimeSpan[] Exponential(double perSecond, TimeSpan duration, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSecond);
        var arrivals = new List<TimeSpan>((int)(perSecond * duration.TotalSeconds * 1.1) + 16);
        for (var at = NextGap(); at < duration; at += NextGap())
            arrivals.Add(at);
        return [.. arrivals];

        TimeSpan NextGap() => TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / perSecond);
    }
}
