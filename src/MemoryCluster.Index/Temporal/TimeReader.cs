using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Index.Temporal;

/// <summary>
/// Reads the time expressions of an English text: "7 May 2023", "May 7th", "2023-05-07", "in May", "2022", "yesterday", "last week",
/// "three months ago", "the summer before", "last Friday". Relative ones are resolved against the day of the text. It allocates nothing.
/// </summary>
/// <remarks>
/// A month without a year is the last one that had begun by the text's day; <see cref="IsYearOpen"/> then says that a question may mean
/// it in any year. "May" is a month only beside a number or after a preposition: otherwise it is the verb.
/// </remarks>
public ref struct TimeReader
{
    private const int FirstYear = 1900;
    private const int LastYear = 2100;
    private const int DaysOfWeek = 7;
    private const int DaysOfMonth = 30;
    private const int DaysOfSeason = 92;

    // "A hundred years ago" is resolved; more is a figure of speech.
    private const int AgoMax = 100;

    private readonly int _day;
    private Tokenizer _tokens;
    private TimeWord _before;
    private TimeWord _current;
    private TimeWord _after;
    private bool _isFresh;

    /// <param name="text">The text.</param>
    /// <param name="day">The number of the day on which it was said.</param>
    /// <param name="buffer">Room for at least <see cref="Tokenizer.TokenCharsMax"/> characters.</param>
    public TimeReader(ReadOnlySpan<char> text, int day, Span<char> buffer)
    {
        _day = Math.Clamp(day, DayRange.Number(FirstYear, 1, 1), DayRange.Number(LastYear, 12, 31));
        _tokens = new Tokenizer(text, buffer);
        _current = Next();
        _after = Next();
        _isFresh = true;
    }

    /// <summary>The days meant.</summary>
    public DayRange Current { get; private set; }

    /// <summary>Whether a year was left open that a month or a day needs.</summary>
    public bool IsYearOpen { get; private set; }

    /// <summary>Whether any word so far names a time, resolved or not.</summary>
    public bool NamesTime { get; private set; }

    public bool MoveNext()
    {
        while (Advance())
        {
            if (_current.Kind != TimeWordKind.None && TryRead())
            {
                return true;
            }
        }

        return false;
    }

    private bool Advance()
    {
        if (_isFresh)
        {
            _isFresh = false;
        }
        else
        {
            (_before, _current, _after) = (_current, _after, Next());
        }

        return _current.Kind != TimeWordKind.End;
    }

    private TimeWord Next()
    {
        if (!_tokens.MoveNext())
        {
            return new TimeWord(TimeWordKind.End, 0);
        }

        var word = TimeWord.Of(_tokens.Current);
        NamesTime |= word.IsTime;
        return word;
    }

    private bool TryRead()
    {
        IsYearOpen = false;
        return _current.Kind switch
        {
            TimeWordKind.Month or TimeWordKind.MonthOrVerb => ReadMonth(),
            TimeWordKind.Number => ReadNumber(),
            TimeWordKind.Day => Mean(DayRange.OfDay(_day + _current.Value)),
            TimeWordKind.Unit => ReadUnit(),
            TimeWordKind.Season => ReadSeason(),
            TimeWordKind.Weekday => ReadWeekday(),
            TimeWordKind.None or TimeWordKind.Direction or TimeWordKind.Ago or TimeWordKind.Preposition or TimeWordKind.End => false,
            _ => throw new System.Diagnostics.UnreachableException("A new kind of time word needs a reading here."),
        };
    }

    // 7 May 2023, May 7 2023, May 2023, in May. What was read is passed over.
    private bool ReadMonth()
    {
        var month = _current.Value;
        var day = IsDay(_before) ? _before.Value : 0;
        if (_current.Kind == TimeWordKind.MonthOrVerb && day == 0 && !IsDay(_after) && !IsYear(_after) && _before.Kind != TimeWordKind.Preposition)
        {
            return false;
        }

        if (day == 0 && IsDay(_after))
        {
            day = _after.Value;
            Advance();
        }

        if (IsYear(_after))
        {
            Advance();
            return Mean(OfDate(_current.Value, month, day));
        }

        IsYearOpen = true;
        var thisYear = DateOnly.FromDayNumber(_day).Year;
        var isPast = OfDate(thisYear, month, day).From <= _day;
        return Mean(OfDate(isPast ? thisYear : thisYear - 1, month, day));
    }

    // 2023-05-07 comes as three numbers; 2023 alone as one; three months ago; 7 May is read with its month.
    private bool ReadNumber()
    {
        if (_after.Kind == TimeWordKind.Unit)
        {
            var (count, unit) = (_current.Value, (TimeUnit)_after.Value);
            Advance();
            if (_after.Kind == TimeWordKind.Ago && count is > 0 and <= AgoMax)
            {
                Advance();
                return Mean(Ago(unit, count));
            }

            return false;
        }

        if (!IsYear(_current) || _before.Kind == TimeWordKind.Month)
        {
            return false;
        }

        var year = _current.Value;
        if (_after is { Kind: TimeWordKind.Number, Value: >= 1 and <= 12, IsPadded: true })
        {
            Advance();
            var month = _current.Value;
            if (IsDay(_after))
            {
                Advance();
                return Mean(OfDate(year, month, _current.Value));
            }

            return Mean(DayRange.OfMonth(year, month));
        }

        return Mean(DayRange.OfYear(year));
    }

    // The longer ago, the less exactly it is meant.
    private readonly DayRange Ago(TimeUnit unit, int count) => unit switch
    {
        TimeUnit.Day => DayRange.OfDay(_day - count),
        TimeUnit.Week or TimeUnit.Weekend => Around(_day - (count * DaysOfWeek), DaysOfWeek / 2),
        TimeUnit.Month => Around(AddMonths(-count), DaysOfMonth / 2),
        TimeUnit.Year => DayRange.OfYear(DateOnly.FromDayNumber(_day).Year - count),
        TimeUnit.Unspecified => default,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "A new unit of time needs a length here."),
    };

    // last week, this month, next year, the week before
    private bool ReadUnit()
    {
        var direction = _before.Kind == TimeWordKind.Direction ? _before.Value : _after.Kind == TimeWordKind.Ago ? -1 : int.MinValue;
        return direction != int.MinValue && Mean((TimeUnit)_current.Value switch
        {
            TimeUnit.Day => DayRange.OfDay(_day + direction),
            TimeUnit.Week => WeekOf(_day + (direction * DaysOfWeek)),
            TimeUnit.Weekend => WeekendOf(_day + (direction * DaysOfWeek)),
            TimeUnit.Month => MonthOf(AddMonths(direction)),
            TimeUnit.Year => DayRange.OfYear(DateOnly.FromDayNumber(_day).Year + direction),
            TimeUnit.Unspecified => default,
            _ => throw new ArgumentOutOfRangeException(nameof(direction), _current.Value, "A new unit of time needs a length here."),
        });
    }

    // Northern seasons, by whole months: the last one that is over, the next one to begin. Winter counts to the year in which it ends.
    private bool ReadSeason()
    {
        var first = _current.Value;
        var direction = _before.Kind == TimeWordKind.Direction ? _before.Value : _after.Kind == TimeWordKind.Ago ? -1 : int.MinValue;
        var year = DateOnly.FromDayNumber(_day).Year;
        if (IsYear(_after))
        {
            Advance();
            year = _current.Value;
        }
        else if (direction == int.MinValue)
        {
            return false;
        }
        else if (direction < 0)
        {
            for (year++; StartOfSeason(year, first) + DaysOfSeason > _day; year--)
            {
            }
        }
        else if (direction > 0)
        {
            for (; StartOfSeason(year, first) <= _day; year++)
            {
            }
        }

        return Mean(new DayRange(StartOfSeason(year, first), StartOfSeason(year, first) + DaysOfSeason));
    }

    private static int StartOfSeason(int year, int first) => DayRange.Number(first == 12 ? year - 1 : year, first, 1);

    // last Friday, on Friday: the last one before; next Friday: the first one after
    private bool ReadWeekday()
    {
        if (_before.Kind is not (TimeWordKind.Direction or TimeWordKind.Preposition))
        {
            return false;
        }

        var back = ((int)DateOnly.FromDayNumber(_day).DayOfWeek - _current.Value + DaysOfWeek) % DaysOfWeek;
        back = back == 0 ? DaysOfWeek : back;
        return Mean(DayRange.OfDay(_before is { Kind: TimeWordKind.Direction, Value: > 0 } ? _day + DaysOfWeek - (back % DaysOfWeek) : _day - back));
    }

    private bool Mean(DayRange range)
    {
        Current = range;
        return !range.IsEmpty;
    }

    private static DayRange OfDate(int year, int month, int day) =>
        day == 0 ? DayRange.OfMonth(year, month) : DayRange.OfDay(DayRange.Number(year, month, day));

    private readonly int AddMonths(int count) => DateOnly.FromDayNumber(_day).AddMonths(count).DayNumber;

    private static DayRange Around(int day, int reach) => new(day - reach, day + reach + 1);

    private static DayRange MonthOf(int day) => DateOnly.FromDayNumber(day) is var date ? DayRange.OfMonth(date.Year, date.Month) : default;

    // Monday to Sunday.
    private static DayRange WeekOf(int day) =>
        day - (((int)DateOnly.FromDayNumber(day).DayOfWeek + DaysOfWeek - 1) % DaysOfWeek) is var monday ? new DayRange(monday, monday + DaysOfWeek) : default;

    private static DayRange WeekendOf(int day) => WeekOf(day) is var week ? new DayRange(week.To - 2, week.To) : default;

    private static bool IsDay(TimeWord word) => word is { Kind: TimeWordKind.Number, Value: >= 1 and <= 31 };

    private static bool IsYear(TimeWord word) => word is { Kind: TimeWordKind.Number, Value: >= FirstYear and < LastYear, IsPadded: false };
}
