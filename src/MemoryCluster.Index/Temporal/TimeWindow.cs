namespace MemoryCluster.Index.Temporal;

/// <summary>Days that a question asks about. People date loosely, and a thing is told of after it happened: days near by count half.</summary>
/// <param name="Range">The days.</param>
/// <param name="IsYearOpen">Whether the same days of any year may be meant: "in May".</param>
public readonly record struct TimeWindow(DayRange Range, bool IsYearOpen)
{
    /// <summary>Half for what lies less than this before: the chat in which a plan was made.</summary>
    private const int DaysBefore = 14;

    /// <summary>Half for what lies less than this after: the chat in which it was told.</summary>
    private const int DaysAfter = 21;

    private const float Near = 0.5f;

    /// <summary>1 within, one half near by, 0 elsewhere.</summary>
    public float Match(int day)
    {
        var range = InYearOf(day);
        return range.Contains(day) ? 1 : new DayRange(range.From - DaysBefore, range.To + DaysAfter).Contains(day) ? Near : 0;
    }

    /// <summary>Whether any of these days is among those asked about.</summary>
    public bool Meets(DayRange days) => !days.IsEmpty && InYearOf(days.From).Overlaps(days);

    // The year's turn may lie between a window and a day near it.
    private DayRange InYearOf(int day)
    {
        if (!IsYearOpen)
        {
            return Range;
        }

        var from = DateOnly.FromDayNumber(Range.From);
        var best = Range;
        for (var year = DateOnly.FromDayNumber(day).Year - 1; year <= DateOnly.FromDayNumber(day).Year + 1; year++)
        {
            var start = from.AddYears(Math.Clamp(year, 1, 9_998) - from.Year).DayNumber;
            var range = new DayRange(start, start + Range.To - Range.From);
            best = Math.Abs(start - day) < Math.Abs(best.From - day) ? range : best;
        }

        return best;
    }
}
