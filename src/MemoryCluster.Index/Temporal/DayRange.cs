namespace MemoryCluster.Index.Temporal;

/// <summary>Days, numbered as <see cref="DateOnly.DayNumber"/> does: from the first to before the last.</summary>
public readonly record struct DayRange(int From, int To)
{
    public bool IsEmpty => To <= From;

    public bool Contains(int day) => day >= From && day < To;

    public bool Overlaps(DayRange other) => From < other.To && other.From < To;

    public static DayRange OfDay(int day) => new(day, day + 1);

    /// <summary>One month; empty where the calendar has no such.</summary>
    public static DayRange OfMonth(int year, int month) => month == 12
        ? new DayRange(Number(year, 12, 1), OfYear(year).To)
        : new DayRange(Number(year, month, 1), Number(year, month + 1, 1));

    /// <summary>One year.</summary>
    public static DayRange OfYear(int year) => new(Number(year, 1, 1), Number(year, 12, 31) + 1);

    /// <summary>The day's number; of a day that the month has not, the month's last.</summary>
    internal static int Number(int year, int month, int day) =>
        new DateOnly(year, month, Math.Min(day, DateTime.DaysInMonth(year, month))).DayNumber;
}
