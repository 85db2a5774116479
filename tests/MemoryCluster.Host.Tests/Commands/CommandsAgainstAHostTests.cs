using System.Text.Json;
using MemoryCluster.Host.Tests.Running;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Host.Tests.Commands;

public sealed class CommandsAgainstAHostTests(RunningHost host) : IClassFixture<RunningHost>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Conversation_IsIngestedAndAnswers()
    {
        var file = Samples.WriteTo(_folder.Path, "l.jsonl", Samples.Locomo);

        var ingest = await CommandLine.RunAsync(host, "ingest", file, "--team", "talk", "--json");
        var recall = await CommandLine.RunAsync(host, "recall", "the treasure map in the attic", "--team", "talk", "--agent", "Ann", "-k", "1", "--explain", "--json");

        Assert.Equal((0, 3), (ingest.ExitCode, JsonElement.Parse(ingest.Output).GetProperty("written").GetInt32()));
        var hit = Assert.Single(JsonElement.Parse(recall.Output).GetProperty("hits").EnumerateArray());
        Assert.Equal("Ann: I found an old treasure map in the attic.", hit.GetProperty("text").GetString());
        Assert.Equal("D1:1", hit.GetProperty("source").GetProperty("turn").GetString());
        Assert.True(hit.GetProperty("scores").GetProperty("lexical").GetDouble() > 0);
    }

    [Fact]
    public async Task Recall_PrintsATableForPeople()
    {
        await CommandLine.RunAsync(host, "ingest", Samples.WriteTo(_folder.Path, "l.jsonl", Samples.Locomo), "--team", "table");

        var recall = await CommandLine.RunAsync(host, "recall", "shovels", "--team", "table", "--agent", "Ann");

        Assert.Contains("Bo Li: The shovels are packed for Saturday.", recall.Output, StringComparison.Ordinal);
        Assert.Contains("from 1 of 1 shards", recall.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ingest_Repeated_WritesNothingTwice()
    {
        var lines = Enumerable.Range(0, 250).Select(i => $$"""{"text":"Event number {{i}} took place in hall {{i * 7}}.","kind":"event"}""");
        var file = WriteLines(lines);
        string[] arguments = ["ingest", file, "--team", "repeat", "--agent", "a", "--json"];

        await CommandLine.RunAsync(host, arguments);
        var again = await CommandLine.RunAsync(host, arguments);
        var resumed = await CommandLine.RunAsync(host, [.. arguments, "--resume"]);

        Assert.Equal(250, JsonElement.Parse(again.Output).GetProperty("written").GetInt32());
        Assert.Equal((0, 3), (JsonElement.Parse(resumed.Output).GetProperty("written").GetInt32(), JsonElement.Parse(resumed.Output).GetProperty("batchesSkipped").GetInt32()));
        Assert.Equal(250, (await host.Client.GetTeamAsync("repeat")).Memories);
    }

    [Fact]
    public async Task Ingest_NamesBadLinesAndKeepsTheOthers()
    {
        var file = WriteLines(
        [
            """{"text":"A sound line about the harbour.","team":"bad","agent":"a"}""", "nonsense",
            """{"text":"   ","team":"bad","agent":"a"}""", """{"text":"Another sound line about the station.","team":"bad","agent":"a"}""",
        ]);

        var ingest = await CommandLine.RunAsync(host, "ingest", file, "--json");

        var summary = JsonElement.Parse(ingest.Output);
        Assert.Equal((1, 2), (ingest.ExitCode, summary.GetProperty("written").GetInt32()));
        Assert.Equal([2, 3], summary.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Eval_MeasuresThreeSearchesAndForgetsWhatItWrote()
    {
        var file = Samples.WriteTo(_folder.Path, "h.jsonl", Samples.Hotpot);
        var markdown = Path.Combine(_folder.Path, "table.md");

        var eval = await CommandLine.RunAsync(host, "eval", "hotpotqa", file, "--json", "--markdown", markdown);

        var report = JsonElement.Parse(eval.Output);
        Assert.Equal(["fused", "BM25 alone", "vectors alone"], report.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("search").GetString()!));
        // Three passages, five asked for: all evidence is found, merged or not.
        Assert.Equal(1, report.GetProperty("runs")[0].GetProperty("categories")[0].GetProperty("at").GetProperty("5").GetProperty("mean").GetDouble());
        Assert.Contains("| BM25 alone | total | 2 |", await File.ReadAllTextAsync(markdown), StringComparison.Ordinal);
        var teams = (await host.Client.ListTeamsAsync()).Where(team => team.Id.StartsWith("eval-hotpotqa", StringComparison.Ordinal));
        Assert.All(teams, team => Assert.Equal(0, team.Memories));
    }

    [Fact]
    public async Task Eval_OfLocomo_ReportsByCategory()
    {
        var eval = await CommandLine.RunAsync(host, "eval", "locomo", Samples.WriteTo(_folder.Path, "l.jsonl", Samples.Locomo), "--keep", "--json");

        var categories = JsonElement.Parse(eval.Output).GetProperty("runs")[1].GetProperty("categories").EnumerateArray();
        Assert.Equal(["1 multi-hop", "4 single-hop", "total"], categories.Select(category => category.GetProperty("category").GetString()!));
    }

    [Fact]
    public async Task Health_TellsByItsExitCode()
    {
        var ready = await CommandLine.RunAsync("health", "--url", host.Url.AbsoluteUri);
        var live = await CommandLine.RunAsync("health", "--live", "--url", host.Url.AbsoluteUri);
        // port 9 is nobody's here
        var nobody = await CommandLine.RunAsync("health", "--url", "http://127.0.0.1:9");

        Assert.Equal((0, "ready"), (ready.ExitCode, ready.Output.Trim()));
        Assert.Equal((0, "live"), (live.ExitCode, live.Output.Trim()));
        Assert.Equal((1, "not ready"), (nobody.ExitCode, nobody.Output.Trim()));
    }

    [Fact]
    public async Task Check_RemembersRecallsAndForgets()
    {
        var check = await CommandLine.RunAsync(host, "check", "--team", "checked");
        var refused = await CommandLine.RunAsync("check", "--url", host.Url.AbsoluteUri, "--key", "wrong");

        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        Assert.Equal(0, (await host.Client.GetTeamAsync("checked")).Memories);
        Assert.Equal(1, refused.ExitCode);
    }

    [Fact]
    public async Task Refusal_IsOneLineWithItsCode()
    {
        var recall = await CommandLine.RunAsync(host, "recall", "anything", "--team", "absent", "--agent", "nobody");
        var keyless = await CommandLine.RunAsync("recall", "anything", "--team", "t", "--agent", "a", "--url", host.Url.AbsoluteUri, "--key", "wrong");

        Assert.Equal((1, 1), (recall.ExitCode, keyless.ExitCode));
        Assert.EndsWith("(team_not_found)", recall.Error.Trim(), StringComparison.Ordinal);
        Assert.EndsWith("(unauthenticated)", keyless.Error.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FindsADamagedByte()
    {
        await host.Client.Team("sound").PutAsync("verification");
        var memory = await host.Client.Team("sound").AddAgentAsync("a");
        for (var i = 0; i < 5; i++)
            await memory.RememberAsync($"Fact number {i} of the sound store concerns gate {i * 31}.");
        var copy = CopyOfStores();

        var sound = await CommandLine.RunAsync("verify", "--data", copy, "--json");
        Damage(copy);
        var damaged = await CommandLine.RunAsync("verify", "--data", copy);

        Assert.Equal((0, true), (sound.ExitCode, JsonElement.Parse(sound.Output).GetProperty("sound").GetBoolean()));
        Assert.Equal(1, damaged.ExitCode);
        Assert.Contains("fails its checks", damaged.Output, StringComparison.Ordinal);
    }

    private string WriteLines(IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder.Path, "lines.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }

    private string CopyOfStores()
    {
        var copy = Path.Combine(_folder.Path, "copy");
        var files = Directory.EnumerateFiles(Path.Combine(host.DataFolder, "stores"), "*", SearchOption.AllDirectories);
        foreach (var file in files.Where(file => Path.GetFileName(file) != "lock"))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(host.DataFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    /// <summary>Turns a byte in the middle of the store of the team "sound", in a frame that others follow.</summary>
    private static void Damage(string data)
    {
        var store = Directory.EnumerateDirectories(Path.Combine(data, "stores")).Single(folder => File.ReadAllText(Path.Combine(folder, "name")).Contains("/sound/", StringComparison.Ordinal));
        var log = Directory.EnumerateFiles(store, "log-*").Single();
        var bytes = File.ReadAllBytes(log);
        bytes[bytes.AsSpan().LastIndexOf("Fact number 1"u8)] ^= 1;
        File.WriteAllBytes(log, bytes);
    }
}
