using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Http;

/// <summary>What a request target may be: short, and written in the one way in which every layer reads it the same.</summary>
internal static class TargetRule
{
    public static Problem? Check(string target)
    {
        if (target.Length > GatewayLimits.UrlBytesMax)
        {
            return ProblemFactory.Of(Refusals.UrlTooLong, $"Keep the path and query under {GatewayLimits.UrlBytesMax} bytes.");
        }

        var query = target.IndexOf('?');
        return IsAmbiguous(query < 0 ? target : target.AsSpan(0, query))
            ? ProblemFactory.Of(Refusals.PathEncoding, "Write the path without '.' segments and without encoded slashes, backslashes, dots, percent signs or controls.")
            : null;
    }

    private static bool IsAmbiguous(ReadOnlySpan<char> path)
    {
        for (var rest = path; rest.IndexOf('%') is >= 0 and var at; rest = rest[(at + 1)..])
        {
            if (at + 2 < rest.Length && IsRefusedEscape(rest[at + 1], rest[at + 2]))
            {
                return true;
            }
        }

        return path.Contains('\\') || HasDotSegment(path);
    }

    // %0x and %1x are controls; %25 %, %2e ., %2f /, %5c \
    private static bool IsRefusedEscape(char high, char low) =>
        high is '0' or '1' || (high == '2' && low is '5' or 'e' or 'E' or 'f' or 'F') || (high == '5' && low is 'c' or 'C') || (high == '7' && low is 'f' or 'F');

    private static bool HasDotSegment(ReadOnlySpan<char> path)
    {
        for (var rest = path; rest.IndexOf("/.") is >= 0 and var at; rest = rest[(at + 2)..])
        {
            var tail = rest[(at + 2)..];
            if (tail.IsEmpty || tail[0] == '/' || (tail[0] == '.' && (tail.Length == 1 || tail[1] == '/')))
            {
                return true;
            }
        }

        return false;
    }
}
