using System.Collections.Frozen;
using System.Globalization;

namespace MemoryCluster.Index.Temporal;

/// <summary>What a token says about time.</summary>
/// <param name="Kind">Which part it plays.</param>
/// <param name="Value">A number's value; a month's, weekday's or unit's number; days or steps from now for days and directions.</param>
/// <param name="IsPadded">Whether a number begins with a zero or has two digits, as in 2023-05-07.</param>
internal readonly record struct TimeWord(TimeWordKind Kind, int Value, bool IsPadded = false)
{
    private const int WordCharsMax = 9;
    private const int DigitsMax = 4;

    // Each line: the kind, the value, the words.
    private const string Table =
        """
        Month 1 january jan
        Month 2 february feb
        Month 3 march
        Month 4 april apr
        MonthOrVerb 5 may
        Month 6 june jun
        Month 7 july jul
        Month 8 august aug
        Month 9 september sep sept
        Month 10 october oct
        Month 11 november nov
        Month 12 december dec
        Weekday 1 monday
        Weekday 2 tuesday
        Weekday 3 wednesday
        Weekday 4 thursday
        Weekday 5 friday
        Weekday 6 saturday
        Weekday 0 sunday
        Day 0 today tonight
        Day -1 yesterday
        Day 1 tomorrow
        Unit 1 day days
        Unit 2 week weeks
        Unit 3 weekend weekends
        Unit 4 month months
        Unit 5 year years
        Season 3 spring
        Season 6 summer
        Season 9 autumn fall
        Season 12 winter
        Direction -1 last past previous
        Direction 0 this
        Direction 1 next coming
        Ago 0 ago before earlier
        Preposition 0 in on of during since until by
        Number 1 one a an
        Number 2 two couple
        Number 3 three few
        Number 4 four
        Number 5 five
        Number 6 six
        Number 7 seven
        Number 8 eight
        Number 9 nine
        Number 10 ten
        """;

    private static readonly FrozenDictionary<string, TimeWord> Words = Table
        .Split('\n', StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .SelectMany(
            line => line.Skip(2),
            (line, word) => KeyValuePair.Create(word, new TimeWord(Enum.Parse<TimeWordKind>(line[0]), int.Parse(line[1], CultureInfo.InvariantCulture))))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, TimeWord>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether it names a time by itself: a month, a day, a part of the week or the year, a year's number.</summary>
    public bool IsTime => Kind switch
    {
        TimeWordKind.Month or TimeWordKind.Day or TimeWordKind.Unit or TimeWordKind.Season or TimeWordKind.Weekday or TimeWordKind.Ago => true,
        TimeWordKind.Direction => Value != 0,
        TimeWordKind.Number => Value >= 1900 && Value < 2100,
        TimeWordKind.None or TimeWordKind.MonthOrVerb or TimeWordKind.Preposition or TimeWordKind.End => false,
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "A new kind of time word needs a decision here."),
    };

    /// <param name="token">Folded.</param>
    public static TimeWord Of(ReadOnlySpan<char> token)
    {
        if (token.Length > WordCharsMax)
        {
            return default;
        }

        return char.IsAsciiDigit(token[0]) ? OfNumber(token) : Lookup.TryGetValue(token, out var word) ? word : default;
    }

    // 7, 07, 7th, 2023
    private static TimeWord OfNumber(ReadOnlySpan<char> token)
    {
        var digits = token.Length > 2 && token[^2..] is "st" or "nd" or "rd" or "th" ? token[..^2] : token;
        return digits.Length <= DigitsMax && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new TimeWord(TimeWordKind.Number, value, IsPadded: digits.Length == 2)
            : default;
    }
}

/// <summary>The part that a token plays in a time expression.</summary>
internal enum TimeWordKind
{
    None = 0,
    Month,
    MonthOrVerb,
    Weekday,
    Day,
    Unit,
    Season,
    Direction,
    Ago,
    Preposition,
    Number,
    End,
}

/// <summary>What is counted in "three weeks ago".</summary>
internal enum TimeUnit
{
    Unspecified = 0,
    Day,
    Week,
    Weekend,
    Month,
    Year,
}
