using MemoryCluster.LoadTests.Targets;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>How memory and handles of processes went while a load ran.</summary>
internal static class ProcessTrends
{
    // A fresh process compiles and fills its pools; what it holds then says nothing of what it will hold.
    private const double WarmUpShare = 0.2;
    private const int LivesMin = 3;

    /// <summary>The most that all processes held together over what they held first; null where nothing was read.</summary>
    public static double? MemoryGrowth(IReadOnlyList<ProcessReading> readings)
    {
        double[] totals = [.. readings.GroupBy(reading => reading.Second).Select(Together)];
        return totals.Length == 0 || totals[0] <= 0 ? null : totals.Max() / totals[0];
    }

    // Two readings may fall into one moment: the later one counts.
    private static double Together(IEnumerable<ProcessReading> moment) => moment.GroupBy(reading => reading.Process).Sum(process => process.Last().Megabytes);

    /// <summary>The steepest rise among the processes, in percent of its level an hour; null where too little was read to tell.</summary>
    public static double? MemorySlopePercentPerHour(IReadOnlyList<ProcessReading> readings) => Steepest(readings, reading => reading.Megabytes);

    /// <summary>The same of open handles.</summary>
    public static double? HandleSlopePercentPerHour(IReadOnlyList<ProcessReading> readings) => Steepest(readings, reading => reading.Handles);

    private static double? Steepest(IReadOnlyList<ProcessReading> readings, Func<ProcessReading, double> value)
    {
        double?[] slopes = [.. readings.GroupBy(reading => reading.Process).Select(process => Slope([.. process], value)).Where(slope => slope is not null)];
        return slopes.Length == 0 ? null : slopes.Max();
    }

    private static double? Slope(ProcessReading[] readings, Func<ProcessReading, double> value)
    {
        var warm = readings[^1].Second * WarmUpShare;
        var lives = readings.GroupBy(reading => reading.Id).ToArray();
        // A process that was killed begins anew: what the ends of its lives hold is compared, not how each life began.
        (double X, double Y)[] points = lives.Length == 1
            ? [.. readings.Where(reading => reading.Second >= warm).Select(reading => (reading.Second, value(reading)))]
            : [.. lives.Where(life => life.Last().Second >= warm).Select(life => (life.Last().Second, life.TakeLast(3).Average(value)))];
        return points.Length < LivesMin ? null : SlopePerHour(points);
    }

    // Theil and Sen's estimator (Sen, "Estimates of the regression coefficient based on Kendall's tau", 1968): the median of all pairs' slopes,
    // which single collections of garbage do not move.
    private static double SlopePerHour((double X, double Y)[] points)
    {
        double[] slopes = [.. from i in Enumerable.Range(0, points.Length)
                              from j in Enumerable.Range(i + 1, points.Length - i - 1)
                              where points[j].X > points[i].X
                              orderby (points[j].Y - points[i].Y) / (points[j].X - points[i].X)
                              select (points[j].Y - points[i].Y) / (points[j].X - points[i].X)];
        var level = points.Average(point => point.Y);
        return slopes.Length == 0 || level <= 0 ? 0 : 100 * 3_600 * slopes[slopes.Length / 2] / level;
    }
}
