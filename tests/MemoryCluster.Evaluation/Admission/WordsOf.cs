namespace MemoryCluster.Evaluation.Admission;

/// <summary>The words of a text that say something: four letters or more, and numbers.</summary>
internal static class WordsOf
{
    private const int CharsMin = 4;

    private static readonly char[] Separators = [.. Enumerable.Range(0, 128).Select(code => (char)code).Where(symbol => !char.IsLetterOrDigit(symbol))];

    public static HashSet<string> Text(string text) =>
        text.Split(Separators, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length >= CharsMin || char.IsAsciiDigit(word[0]))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    public static HashSet<string> Step(Sets.LoggedStep step) => Text($"{step.Thought} {step.Input}");
}
