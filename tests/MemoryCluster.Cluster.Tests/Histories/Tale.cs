using System.Globalization;
using System.Text.RegularExpressions;
using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.Cluster.Tests.Histories;

/// <summary>Histories written down by hand.</summary>
/// <remarks>
/// Entries with semicolons between, each CLIENT BEGIN-END WHAT = ANSWER; a question mark as the answer is an unknown outcome:
/// <code>
/// 1 0-10 create k a = 1           version 1; 1@5 with sequence number 5; 1#x with the id x
/// 1 20-30 patch k 1 b = 2         if its version is 1, the text b; or stale, absent, fail
/// 1 40-50 delete k = ok           or absent, fail
/// 2 40-60 read k = 2 b            or absent
/// 2 70-80 recall k @5 = k.2.b     a recall by k's own text that names write 5; both may be left out, 'partial' may stand before =
/// 2 90-99 list = k.2.b l#x.1.c    everything in the team: KEY.VERSION.TEXT, KEY#ID.VERSION.TEXT, or nothing
/// </code>
/// </remarks>
internal static partial class Tale
{
    private const string Team = "t";

    public static History Of(string tale)
    {
        var entries = tale.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToList();
        return new History { Operations = [.. entries.OfType<Operation>()], Looks = [.. entries.OfType<Look>()] };
    }

    private static object Parse(string entry)
    {
        var match = Entry().Match(entry);
        if (!match.Success)
            throw new FormatException($"'{entry}' is no entry of a tale.");
        var process = Number(match.Groups["process"].Value);
        var (begin, end) = (Number(match.Groups["begin"].Value), Number(match.Groups["end"].Value));
        var what = match.Groups["what"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var answer = match.Groups["answer"].Value.Trim();
        return what[0] is "recall" or "list" ? LookOf(process, begin, end, what, answer) : OperationOf(process, begin, end, what, answer);
    }

    private static Look LookOf(int process, int begin, int end, string[] what, string answer) => new()
    {
        Process = process,
        Kind = what[0] == "list" ? LookKind.List : LookKind.Recall,
        Team = Team,
        InvokedNs = begin,
        ReturnedNs = end,
        Wanted = what.Skip(1).FirstOrDefault(word => word != "partial" && word[0] != '@'),
        MinSeq = what.Where(word => word[0] == '@').Select(word => Number(word[1..])).SingleOrDefault(),
        IsPartial = what.Contains("partial"),
        Seen = [.. answer.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(SightingOf)],
    };

    private static Sighting SightingOf(string word)
    {
        var parts = word.Split('.');
        var name = parts[0].Split('#');
        return new Sighting(name[0], name.Length > 1 ? name[1] : $"id-{name[0]}", Number(parts[1]), parts[2]);
    }

    private static Operation OperationOf(int process, int begin, int end, string[] what, string answer)
    {
        var kind = Enum.Parse<OperationKind>(what[0], ignoreCase: true);
        var operation = new Operation
        {
            Process = process, Kind = kind, Key = what[1], Team = Team, InvokedNs = begin, ReturnedNs = answer == "?" ? long.MaxValue : end,
            IfVersion = kind == OperationKind.Patch ? Number(what[2]) : 0,
            Text = kind is OperationKind.Create or OperationKind.Patch ? what[^1] : null,
            Outcome = answer switch
            {
                "?" => OperationOutcome.Unknown,
                "fail" => OperationOutcome.Fail,
                "absent" => OperationOutcome.Absent,
                "stale" => OperationOutcome.Stale,
                _ => OperationOutcome.Ok,
            },
        };
        return operation.Outcome == OperationOutcome.Ok && answer != "ok" ? WithAnswer(operation, Answer().Match(answer)) : operation;
    }

    private static Operation WithAnswer(Operation operation, Match answer) => operation with
    {
        Version = Number(answer.Groups["version"].Value),
        Id = answer.Groups["id"].Success ? answer.Groups["id"].Value : $"id-{operation.Key}",
        Seq = answer.Groups["seq"].Success ? Number(answer.Groups["seq"].Value) : 0,
        Text = answer.Groups["text"].Success ? answer.Groups["text"].Value : operation.Text,
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<process>\d+) (?<begin>\d+)-(?<end>\d+) (?<what>[^=]+)=(?<answer>.*)$")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^(?<version>\d+)(#(?<id>\w+))?(@(?<seq>\d+))?( (?<text>\w+))?$")]
    private static partial Regex Answer();
}
