using System.Text.RegularExpressions;

namespace MemoryCluster.Evaluation.Admission;

/// <summary>Makes a false fact of a true one by a small change; null where the text has nothing to change.</summary>
internal static partial class Alteration
{
    public static readonly IReadOnlyList<(string Name, Func<string, string?> Of)> All =
    [
        ("a number", text => Raised(text, Digits().Match(text))), ("an identifier", text => Raised(text, Identifier().Match(text))),
        ("an entity", Entity), ("a negation", Negation),
    ];

    // Its last digit becomes another.
    private static string? Raised(string text, Match match) => Replaced(text, match, number =>
    {
        var at = number.AsSpan().LastIndexOfAnyInRange('0', '9');
        return $"{number[..at]}{(number[at] == '9' ? '3' : (char)(number[at] + 1))}{number[(at + 1)..]}";
    });

    private static string? Entity(string text) => Replaced(text, Name().Match(text), name => name == "Lisbon" ? "Oslo" : "Lisbon");

    private static string? Negation(string text) => Replaced(text, Verb().Match(text), verb => $"{verb} not");

    private static string? Replaced(string text, Match match, Func<string, string> by) =>
        match.Success ? string.Concat(text.AsSpan(0, match.Index), by(match.Value), text.AsSpan(match.Index + match.Length)) : null;

    [GeneratedRegex(@"(?<![\w.""])\d+(?![\w.""])")]
    private static partial Regex Digits();

    // Letters and digits in one word, as a value and not as the name of a member.
    [GeneratedRegex(@"\b(?=\w*[A-Za-z])(?=\w*\d)\w+\b(?!""\s*:)")]
    private static partial Regex Identifier();

    // Not a sentence's first word: that has a capital whatever it is.
    [GeneratedRegex(@"(?<=[a-z,""] ?)\b[A-Z][a-z]{3,}\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"\b(is|was|are|were|has)\b(?! not\b)")]
    private static partial Regex Verb();
}
