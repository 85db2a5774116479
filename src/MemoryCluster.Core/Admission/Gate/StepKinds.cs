namespace MemoryCluster.Admission.Gate;

/// <summary>The kinds that a step is counted under: its tool, the shape of its arguments, its domain.</summary>
public sealed record StepKinds(string Tool, string Shape, string Domain)
{
    /// <summary>The kind that every step is of.</summary>
    public const string All = "all";

    // Longer arguments differ in what they say and not in how they look.
    private const int ShapeCharsMax = 64;

    public static StepKinds Of(string? tool, string input, bool failed, string? domain = null)
    {
        var name = string.IsNullOrEmpty(tool) ? "-" : tool;
        var failure = failed ? "failed:" : "";
        return new StepKinds($"tool:{name}", $"shape:{failure}{name}:{ShapeOf(input)}", $"domain:{(string.IsNullOrEmpty(domain) ? "-" : domain)}");
    }

    // Words become a, numbers 9, and runs of either one: {"id": "HAT136", "day": 3} and {"id": "HAT039", "day": 12} look alike.
    private static string ShapeOf(string input)
    {
        Span<char> shape = stackalloc char[ShapeCharsMax];
        var length = 0;
        foreach (var symbol in input)
        {
            var kind = char.IsLetter(symbol) ? 'a' : char.IsDigit(symbol) ? '9' : symbol;
            if (length > 0 && (shape[length - 1] == kind || (kind == ' ' && shape[length - 1] == 'a')))
            {
                continue;
            }

            if (length == ShapeCharsMax)
            {
                break;
            }

            shape[length++] = kind;
        }

        return new string(shape[..length]);
    }
}
