using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MemoryCluster.Index.Graph;
using MemoryCluster.Records;

namespace MemoryCluster.Diffusion;

/// <summary>
/// A text without what holds only where it was learned: names, quoted terms, days, numbers and identifiers become typed placeholders, equal ones
/// the same; everything else stays word for word (SEDM's Eq. 9, arXiv 2509.09498, §3.3: rule-governed and minimal). See ADR 12.
/// </summary>
/// <param name="Text">The general form.</param>
/// <param name="Hash">128 bits over it: equal for what says the same in general.</param>
public sealed partial record GeneralForm(string Text, Guid Hash)
{
    private const int WordsMin = 3;

    // Words with which an instruction begins: at the beginning of a sentence their capital names nobody.
    private static readonly HashSet<string> Imperatives = new(StringComparer.OrdinalIgnoreCase)
    {
        "accept", "add", "always", "apply", "ask", "avoid", "before", "book", "break", "build", "call", "cancel", "change", "check", "choose", "clear", "collect", "compare",
        "compute", "confirm", "convert", "copy", "count", "create", "delete", "deploy", "divide", "do", "download", "ensure", "escape", "explain", "fetch", "fill", "find",
        "first", "fix", "follow", "for", "get", "give", "go", "handle", "if", "ignore", "import", "insert", "install", "keep", "list", "load", "log", "look", "make", "map",
        "match", "merge", "move", "never", "note", "offer", "only", "open", "parse", "pass", "prefer", "print", "put", "query", "read", "refund", "refuse", "reject",
        "remember", "remove", "rename", "repeat", "replace", "report", "reset", "restart", "retry", "return", "review", "rotate", "run", "save", "search", "see", "select",
        "send", "set", "sort", "split", "start", "stop", "store", "submit", "take", "tell", "test", "treat", "try", "turn", "unless", "update", "use", "validate", "verify",
        "wait", "warn", "when", "with", "without", "write",
    };

    private static readonly HashSet<string> CalendarWords = new(StringComparer.Ordinal)
    {
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays",
    };

    /// <summary>The general form of a text; null where too little would be left of it to say anything.</summary>
    public static GeneralForm? Of(string text)
    {
        var things = Things(text);
        var names = NamesOf(things);
        var general = new StringBuilder(text.Length);
        var (last, placeholders) = (0, 0);
        foreach (var thing in things)
        {
            general.Append(text, last, thing.Start - last).Append(names[(thing.Type, thing.Hash)]);
            last = thing.End;
            placeholders++;
        }

        general.Append(text, last, text.Length - last);
        var form = general.ToString();
        return WordsOf(form) - placeholders is var words && words >= WordsMin && words >= placeholders
            ? new GeneralForm(form, Hash128.Of("general", form))
            : null;
    }

    /// <summary>A general form without its placeholders: what it says of everything that fits.</summary>
    public static string WithoutPlaceholders(string general) => PlaceholderPattern().Replace(general, " ");

    [GeneratedRegex("<(NAME|TERM|DATE|NUMBER|CODE)(_[0-9]+)?>")]
    private static partial Regex PlaceholderPattern();

    private static List<Thing> Things(string text)
    {
        var things = new List<Thing>();
        var reader = new EntityReader(text);
        var end = 0;
        while (reader.MoveNext())
        {
            var (start, stop) = (reader.Start, reader.End);
            // A quotation is one thing, whatever is named in it.
            if (start < end)
            {
                continue;
            }

            if (reader.Kind == EntityKind.Name)
            {
                start = WithoutImperative(text, start, stop);
                if (start >= stop)
                {
                    continue;
                }
            }

            things.Add(new Thing(TypeOf(reader.Kind, text.AsSpan(start, stop - start)), reader.Current, start, stop));
            end = stop;
        }

        return things;
    }

    // "Retry the booking" names nobody, and "Ask Mia Li" names Mia Li; a lone word that begins a sentence is taken for a word.
    private static int WithoutImperative(string text, int start, int stop)
    {
        if (!BeginsSentence(text, start))
        {
            return start;
        }

        var space = text.IndexOf(' ', start, stop - start);
        var first = text[start..(space < 0 ? stop : space)];
        if (space < 0)
        {
            return CalendarWords.Contains(first) || first.Any(char.IsDigit) || first.Skip(1).Any(char.IsUpper) ? start : stop;
        }

        return Imperatives.Contains(first) ? space + 1 : start;
    }

    private static bool BeginsSentence(string text, int start)
    {
        var before = text.AsSpan(0, start).TrimEnd();
        return before.IsEmpty || before[^1] is '.' or '!' or '?' or ':' or '\n' or '-' or '*' or ';';
    }

    private static string TypeOf(EntityKind kind, ReadOnlySpan<char> words) => kind switch
    {
        EntityKind.Quotation => "TERM",
        EntityKind.Number => IsDay(words) ? "DATE" : "NUMBER",
        EntityKind.Identifier => "CODE",
        EntityKind.Name => CalendarWords.Contains(FirstOf(words)) ? "DATE" : "NAME",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A new kind of thing needs a placeholder."),
    };

    private static string FirstOf(ReadOnlySpan<char> words) => (words.IndexOf(' ') is > 0 and var space ? words[..space] : words).ToString();

    private static bool IsDay(ReadOnlySpan<char> word) => DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // Where a text names one thing of a type, the type alone says which.
    private static Dictionary<(string Type, ulong Hash), string> NamesOf(List<Thing> things)
    {
        var names = new Dictionary<(string, ulong), string>();
        foreach (var type in things.GroupBy(thing => thing.Type))
        {
            var different = type.Select(thing => thing.Hash).Distinct().ToArray();
            for (var i = 0; i < different.Length; i++)
            {
                names[(type.Key, different[i])] =
                    different.Length == 1 ? $"<{type.Key}>" : string.Create(CultureInfo.InvariantCulture, $"<{type.Key}_{i + 1}>");
            }
        }

        return names;
    }

    private static int WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));

    private readonly record struct Thing(string Type, ulong Hash, int Start, int End);
}
