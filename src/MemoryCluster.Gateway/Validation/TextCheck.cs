using System.Text;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Validation;

/// <summary>Refuses texts that are empty, too long, or that break <see cref="TextRule"/>.</summary>
internal static class TextCheck
{
    public static string Bytes(string text, int bytesMax, string field)
    {
        RequireLength(text, bytesMax, field);
        return Content(text, field);
    }

    /// <summary>A text that may say nothing.</summary>
    public static string BytesOrEmpty(string text, int bytesMax, string field)
    {
        RequireLength(text, bytesMax, field);
        Visible(text, field);
        return text;
    }

    private static void RequireLength(string text, int bytesMax, string field)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > bytesMax)
        {
            throw new RefusalException(Refusals.TextTooLong, $"'{field}' is {bytes} bytes of UTF-8 where {bytesMax} are the most. Shorten or split it.", field);
        }
    }

    public static string Chars(string text, int charsMax, string field)
    {
        if (text.Length > charsMax)
        {
            throw new RefusalException(Refusals.TextTooLong, $"'{field}' is {text.Length} characters where {charsMax} are the most. Shorten it.", field);
        }

        return Content(text, field);
    }

    public static string? OptionalChars(string? text, int charsMax, string field) => text is null ? null : Chars(text, charsMax, field);

    /// <summary>Refuses what a reader cannot see; says nothing of length.</summary>
    public static void Visible(string text, string field)
    {
        var flaw = TextRule.Check(text);
        if (flaw != TextFlaw.None)
        {
            throw new RefusalException(Refusals.TextForbidden, $"'{field}' holds {Describe(flaw)}. Remove them.", field);
        }
    }

    private static string Content(string text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new RefusalException(Refusals.TextEmpty, $"Give '{field}' something beside white space.", field);
        }

        Visible(text, field);
        return text;
    }

    private static string Describe(TextFlaw flaw) => flaw switch
    {
        TextFlaw.Control => "control characters other than tab and line ends",
        TextFlaw.Surrogate => "halves of surrogate pairs",
        TextFlaw.Unassigned => "code points that Unicode has not assigned",
        TextFlaw.Invisible => "zero-width, direction or tag characters",
        TextFlaw.Combining => $"more than {TextRule.CombiningMarksMax} combining marks in a row",
        _ => throw new ArgumentOutOfRangeException(nameof(flaw), flaw, "A new flaw needs words here."),
    };
}
