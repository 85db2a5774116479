using System.Buffers;

namespace MemoryCluster.Admission.Gate;

/// <summary>Reads from a step's output whether it failed, for callers that do not say.</summary>
public static class FailureSigns
{
    // Errors are told in an output's first words, or, of programs, in its last line.
    private const int HeadChars = 96;
    private const int TailChars = 160;

    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "error", "exception", "traceback", "failed", "not found", "could not", "couldn't", "cannot", "unable to", "invalid", "no results",
            "no more results", "not available", "denied", "timed out", "timeout", "does not exist", "exitcode: 1",
        ],
        StringComparison.OrdinalIgnoreCase);

    public static bool In(ReadOnlySpan<char> output) =>
        output[..Math.Min(output.Length, HeadChars)].ContainsAny(Signs)
        || (output.Length > HeadChars && LastLine(output).ContainsAny(Signs) && output.Contains("Traceback", StringComparison.Ordinal));

    private static ReadOnlySpan<char> LastLine(ReadOnlySpan<char> output)
    {
        var tail = output[Math.Max(0, output.Length - TailChars)..].TrimEnd();
        return tail[(tail.LastIndexOf('\n') + 1)..];
    }
}
