using MemoryCluster.Index.Lexical;
using MemoryCluster.Index.Temporal;

namespace MemoryCluster.Recall;

/// <summary>What a query says about time: which days it names, and whether it asks when.</summary>
internal sealed class QueryTimes
{
    /// <summary>Days are read from the first so many expressions; more would mean everything.</summary>
    private const int WindowsMax = 4;

    private readonly TimeWindow[] _windows = new TimeWindow[WindowsMax];
    private int _count;

    public bool AsksWhen { get; private set; }

    public bool NamesDays => _count > 0;

    /// <param name="text">The query.</param>
    /// <param name="day">The day on which it is asked, by which "last week" is understood.</param>
    public void Read(ReadOnlySpan<char> text, int day)
    {
        Span<char> buffer = stackalloc char[Tokenizer.TokenCharsMax];
        _count = 0;
        var reader = new TimeReader(text, day, buffer);
        while (_count < WindowsMax && reader.MoveNext())
        {
            _windows[_count++] = new TimeWindow(reader.Current, reader.IsYearOpen);
        }

        AsksWhen = IsAboutTime(text, buffer);
    }

    /// <summary>1 on a named day, one half near one.</summary>
    public float Match(int day)
    {
        var best = 0f;
        if (day != EvidenceMarks.Mark.NoDay)
        {
            foreach (var window in _windows.AsSpan(0, _count))
            {
                best = Math.Max(best, window.Match(day));
            }
        }

        return best;
    }

    public bool Meets(DayRange told)
    {
        foreach (var window in _windows.AsSpan(0, _count))
        {
            if (window.Meets(told))
            {
                return true;
            }
        }

        return false;
    }

    // When …? What year …? Which month …? How long ago …?
    private static bool IsAboutTime(ReadOnlySpan<char> text, Span<char> buffer)
    {
        var tokens = new Tokenizer(text, buffer);
        var (isFirst, asks) = (true, false);
        while (tokens.MoveNext())
        {
            var word = tokens.Current;
            if ((isFirst && word is "when") || (asks && word is "year" or "month" or "day" or "date" or "time" or "long"))
            {
                return true;
            }

            asks = word is "what" or "which" or "how";
            isFirst = false;
        }

        return false;
    }
}
