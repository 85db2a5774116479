using MemoryCluster.Client;
using MemoryCluster.Contract;
using MemoryCluster.Host.Tests.Commands;
using MemoryCluster.Host.Tests.Replayers;
using MemoryCluster.LoadTests.Processes;
using MemoryCluster.TestKit.Stores;
using Spectre.Console;

namespace MemoryCluster.Host.Tests.Summaries;

/// <summary>The host as its users start it, with a model beside it that words summaries.</summary>
public sealed class SummariesOfAHostTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private OutsideAgents _agents = null!;
    private HostProcess _host = null!;
    private MemoryClusterClient _client = null!;

    private string DataFolder => Path.Combine(_folder.Path, "data");

    public async Task InitializeAsync()
    {
        _agents = await OutsideAgents.StartAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _agents.DisposeAsync();
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Model_WordsWhatItsSourcesBearOut_AndWhyNamesIt_AlsoAfterACrash()
    {
        await _client.PutPolicyAsync("plants", new PutPolicyRequest { Consolidation = new ConsolidationPolicyBody { WriteSummaries = true, FamilySimilarity = 0.5 } });
        foreach (var word in new[] { "count", "wait", "retry" })
        {
            await _client.RememberAsync(new RememberRequest
            {
                Team = "plants", Agent = "ada", Text = $"Read every page of the report with the page tokens and {word}.", Kind = MemoryKind.Lesson,
            });
        }

        await SayAsync("day", i => $"Ada saw case number {i} of the deploy");
        await SayAsync("night", i => $"Ada checked pump {i} of the night");
        var insight = (await _client.ConsolidateAsync("plants")).Abstracted[^1].By;
        var worded = await UntilAsync(() => _client.GetMemoryAsync(insight), memory => memory.Summary!.Origin == SummaryOrigin.Written);
        var day = await UntilAsync(() => TopAsync("day"), node => node.SummaryOrigin!.Origin == SummaryOrigin.Written);
        await TopAsync("night");
        var counts = await UntilAsync(() => _client.GetControllerAsync("plants"), controller => controller.SummariesRefused == 1);

        Assert.Equal(("Read every page of the report with the page tokens: count, wait and retry.", "m-1"), (worded.Text, worded.Summary!.Model));
        Assert.Equal(("Ada saw the cases of the deploy.", "m-1"), (day.Summary, day.SummaryOrigin!.Model));
        Assert.Equal(2, counts.SummariesWritten);
        Assert.Contains("worded by model m-1", await WhyAsync(insight), StringComparison.Ordinal);

        await _host.KillAsync(default);
        await _host.DisposeAsync();
        _client.Dispose();
        await StartAsync();

        Assert.Equal("Ada saw the cases of the deploy.", (await TopAsync("day")).Summary);
        var night = await TopAsync("night");
        Assert.Equal(SummaryOrigin.Extracted, night.SummaryOrigin!.Origin);
        Assert.DoesNotContain("Mallory", night.Summary, StringComparison.Ordinal);
    }

    private async Task StartAsync()
    {
        var settings = new HostSettings
        {
            DataFolder = DataFolder,
            Environment = new Dictionary<string, string> { ["Chat__Endpoint"] = _agents.Url + "/v1", ["Chat__Model"] = "m" },
        };
        _host = await HostProcess.StartAsync(settings, TimeProvider.System, CancellationToken.None);
        _client = new MemoryClusterClient(_host.Url, await HostProcess.AdminKeyAsync(DataFolder, CancellationToken.None));
        await _client.PutTeamAsync("plants", new PutTeamRequest { Domain = "plants" });
        await _client.PutAgentAsync("plants", "ada");
    }

    // It speaks to the terminal and not to the invocation's output.
    private async Task<string> WhyAsync(string id)
    {
        using var output = new StringWriter();
        var terminal = AnsiConsole.Console;
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        try
        {
            await CommandLine.RunAsync("why", id, "--url", _host.Url.AbsoluteUri, "--key-file", Path.Combine(DataFolder, "admin.key"));
        }
        finally
        {
            AnsiConsole.Console = terminal;
        }

        return output.ToString();
    }

    private async Task SayAsync(string session, Func<int, string> text)
    {
        for (var i = 0; i < 8; i++)
        {
            await _client.RememberAsync(new RememberRequest
            {
                Team = "plants", Agent = "ada", Text = text(i), Kind = MemoryKind.Event, OccurredAt = DateTimeOffset.UnixEpoch.AddYears(50).AddMinutes(i),
                Source = new SourceBody { Session = session, Turn = new RawJson($"{i}") },
            });
        }
    }

    private async Task<TimelineNodeBody> TopAsync(string session) =>
        Assert.Single((await _client.GetTimelineAsync("plants", new TimelineFilter { Session = session })).Items);

    private static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> isSo)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            late.Token.ThrowIfCancellationRequested();
            var now = await read();
            if (isSo(now))
            {
                return now;
            }

            await Task.Yield();
        }
    }
}
