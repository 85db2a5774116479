using System.Runtime.InteropServices;
using MemoryCluster.Index.Graph;
using MemoryCluster.Index.Lexical;
using MemoryCluster.Index.Temporal;

namespace MemoryCluster.Recall;

/// <summary>
/// What ranking asks of a memory besides its words: whom or what it is headed by, whether it asks, which days it tells of. Read once
/// when it is written, because reading texts again for every candidate would cost more than the search.
/// </summary>
internal sealed class EvidenceMarks
{
    /// <summary>A text's first characters up to ": " are a speaker or a title where they are no more than this.</summary>
    private const int TitleCharsMax = 80;

    private readonly List<Mark> _marks = [];

    public EntityIndex Entities { get; } = new();

    public ReadOnlySpan<Mark> ByOrdinal => CollectionsMarshal.AsSpan(_marks);

    public void Set(int ordinal, MemoryRecord memory)
    {
        if (ordinal >= _marks.Count)
        {
            CollectionsMarshal.SetCount(_marks, ordinal + 1);
        }

        var titleChars = TitleCharsOf(memory.Text);
        _marks[ordinal] = MarkOf(memory, titleChars);
        // A turn begins with its speaker, who is no link: everything else that they said begins so too.
        var isTurn = memory.Provenance.Source is { Session: not null };
        Entities.Add(ordinal, memory.Text.AsSpan(0, isTurn ? 0 : titleChars), memory.Text.AsSpan(titleChars));
    }

    public void Clear(int ordinal)
    {
        _marks[ordinal] = default;
        Entities.Remove(ordinal);
    }

    private static Mark MarkOf(MemoryRecord memory, int titleChars)
    {
        var occurred = memory.Times.OccurredAt is { } at ? DayOf(at) : Mark.NoDay;
        var reader = new TimeReader(
            memory.Text.AsSpan(titleChars), occurred == Mark.NoDay ? DayOf(memory.Times.CreatedAt) : occurred, stackalloc char[Tokenizer.TokenCharsMax]);
        var told = default(DayRange);
        while (reader.MoveNext())
        {
            told = told.IsEmpty ? reader.Current : told;
        }

        return new Mark(occurred, told, CountTokens(memory.Text.AsSpan(0, titleChars)), IsQuestion(memory.Text), reader.NamesTime, NamesWithin(memory.Text.AsSpan(titleChars)));
    }

    public static int DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).DayNumber;

    private static int TitleCharsOf(string text) =>
        text.AsSpan(0, Math.Min(text.Length, TitleCharsMax)).IndexOf(": ") is > 0 and var end && !text.AsSpan(0, end).Contains('\n') ? end : 0;

    // What stands in brackets tells titles apart and is seldom asked for.
    private static byte CountTokens(ReadOnlySpan<char> title)
    {
        var bracket = title.IndexOf('(');
        var tokens = new Tokenizer(bracket > 0 ? title[..bracket] : title, stackalloc char[Tokenizer.TokenCharsMax]);
        byte count = 0;
        while (tokens.MoveNext())
        {
            count++;
        }

        return count;
    }

    // A capital within a sentence; in a script without capitals, never.
    private static bool NamesWithin(ReadOnlySpan<char> text)
    {
        for (var i = 2; i + 1 < text.Length; i++)
        {
            if (char.IsUpper(text[i]) && text[i - 1] == ' ' && (char.IsLower(text[i - 2]) || text[i - 2] is ',' or ';') && char.IsLower(text[i + 1]))
            {
                return true;
            }
        }

        return false;
    }

    // Latin, Greek, full-width and Arabic question marks.
    private static bool IsQuestion(string text) => text.AsSpan().TrimEnd() is [.., '?' or '\u037E' or '\uFF1F' or '\u061F'];

    /// <param name="Day">The day on which it happened; <see cref="NoDay"/> where nobody said.</param>
    /// <param name="Told">The first days that its text names.</param>
    /// <param name="TitleTokens">How many of its first tokens are its speaker or title.</param>
    /// <param name="IsQuestion">Whether it ends by asking.</param>
    /// <param name="NamesTime">Whether any of its words names a time.</param>
    /// <param name="Names">Whether it has a name within a sentence.</param>
    internal readonly record struct Mark(int Day, DayRange Told, byte TitleTokens, bool IsQuestion, bool NamesTime, bool Names)
    {
        public const int NoDay = int.MinValue;
    }
}
