using System.Collections.Concurrent;
using System.Text;
using MemoryCluster.LoadTests.Http;

namespace MemoryCluster.LoadTests.Measuring;

/// <summary>Tells refusals from failures, and counts both by what they say.</summary>
internal sealed class ProblemCounts
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    public LoadOutcome Judge(HttpAnswer answer, LoadConnection connection)
    {
        if (answer.IsSuccess)
            return LoadOutcome.Succeeded;
        var code = CodeOf(connection.Body(answer));
        Count(code.Length == 0 ? $"{answer.Status}" : $"{answer.Status} {code}");
        // Of all that is answered with 503 one code says that something may have been done.
        return answer.Status is 429 or 503 && code != "outcome_unknown" ? LoadOutcome.Refused : LoadOutcome.Failed;
    }

    /// <summary>The code of a problem document; empty where there is none.</summary>
    internal static string CodeOf(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> member = "\"code\":\""u8;
        var at = body.IndexOf(member);
        if (at < 0)
            return "";
        var rest = body[(at + member.Length)..];
        var end = rest.IndexOf((byte)'"');
        return end < 0 ? "" : Encoding.ASCII.GetString(rest[..end]);
    }
}
