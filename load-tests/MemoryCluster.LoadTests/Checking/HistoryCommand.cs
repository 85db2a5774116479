using System.CommandLine;
using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Checking;

/// <summary><c>history</c>: judges a history that a run left.</summary>
internal static class HistoryCommand
{
    private const int ShownMax = 50;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The history.jsonl that a run left." };
        var key = new Option<string?>("--key") { Description = "Only the memory whose text begins with this." };
        var command = new Command("history", "Judges a history that a run of fleet left; exit code 1 if it shows a promise broken or cannot be decided.")
        {
            file, key,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var history = await HistoryFile.ReadAsync(parsed.GetRequiredValue(file).FullName, cancellationToken);
            var verdict = HistoryChecker.Check(parsed.GetValue(key) is { } wanted ? Only(wanted, history) : history);
            Console.WriteLine(
                $"{verdict.KeysLinearizable:N0} of {verdict.Keys:N0} memories linearizable, "
                + $"{verdict.Violations.Count:N0} violations, {verdict.Undecided.Count:N0} undecided");
            foreach (var line in verdict.Violations.Select(violation => violation.ToString()).Concat(verdict.Undecided).Take(ShownMax))
                Console.WriteLine(line);
            return verdict.Holds ? 0 : 1;
        });
        return command;
    }

    // Lists would miss the others.
    private static History Only(string key, History history) => new()
    {
        Operations = [.. history.Operations.Where(operation => operation.Key == key)],
        Looks = [.. history.Looks.Select(look => look with { Seen = [.. look.Seen.Where(seen => seen.Key == key)] })],
        NotRecorded = history.NotRecorded,
    };
}
