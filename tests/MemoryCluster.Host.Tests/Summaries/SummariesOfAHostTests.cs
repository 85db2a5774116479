using MemoryCluster.Client;
using MemoryCluster.Contract;
using MemoryCluster.Host.Tests.Commands;
using MemoryCluster.Host.Tests.Running;
using Spectre.Console;

namespace MemoryCluster.Host.Tests.Summaries;

/// <summary>The host as its users start it, with a model beside it that words summaries.</summary>
public sealed class SummariesOfAHostTests : HostBesideAgents
{
    [Fact]
    public async Task Model_WordsWhatItsSourcesBearOut_AndWhyNamesIt_AlsoAfterACrash()
    {
        await Client.PutPolicyAsync("plants", new PutPolicyRequest { Consolidation = new ConsolidationPolicyBody { WriteSummaries = true, FamilySimilarity = 0.5 } });
        foreach (var word in new[] { "count", "wait", "retry" })
        {
            await Client.RememberAsync(new RememberRequest
            {
                Team = "plants", Agent = "ada", Text = $"Read every page of the report with the page tokens and {word}.", Kind = MemoryKind.Lesson,
            });
        }

        await SayAsync("day", i => $"Ada saw case number {i} of the deploy");
        await SayAsync("night", i => $"Ada checked pump {i} of the night");
        var insight = (await Client.ConsolidateAsync("plants")).Abstracted[^1].By;
        var worded = await UntilAsync(() => Client.GetMemoryAsync(insight), memory => memory.Summary!.Origin == SummaryOrigin.Written);
        var day = await UntilAsync(() => TopAsync("day"), node => node.SummaryOrigin!.Origin == SummaryOrigin.Written);
        await TopAsync("night");
        var counts = await UntilAsync(() => Client.GetControllerAsync("plants"), controller => controller.SummariesRefused == 1);

        Assert.Equal(("Read every page of the report with the page tokens: count, wait and retry.", "m-1"), (worded.Text, worded.Summary!.Model));
        Assert.Equal(("Ada saw the cases of the deploy.", "m-1"), (day.Summary, day.SummaryOrigin!.Model));
        Assert.Equal(2, counts.SummariesWritten);
        Assert.Contains("worded by model m-1", await WhyAsync(insight), StringComparison.Ordinal);

        await CrashAndStartAsync();

        Assert.Equal("Ada saw the cases of the deploy.", (await TopAsync("day")).Summary);
        var night = await TopAsync("night");
        Assert.Equal(SummaryOrigin.Extracted, night.SummaryOrigin!.Origin);
        Assert.DoesNotContain("Mallory", night.Summary, StringComparison.Ordinal);
    }

    // It speaks to the terminal and not to the invocation's output.
    private async Task<string> WhyAsync(string id)
    {
        using var output = new StringWriter();
        var terminal = AnsiConsole.Console;
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        try
        {
            await CommandLine.RunAsync("why", id, "--url", Host.Url.AbsoluteUri, "--key-file", KeyFile);
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
            await Client.RememberAsync(new RememberRequest
            {
                Team = "plants", Agent = "ada", Text = text(i), Kind = MemoryKind.Event, OccurredAt = DateTimeOffset.UnixEpoch.AddYears(50).AddMinutes(i),
                Source = new SourceBody { Session = session, Turn = new RawJson($"{i}") },
            });
        }
    }

    private async Task<TimelineNodeBody> TopAsync(string session) =>
        Assert.Single((await Client.GetTimelineAsync("plants", new TimelineFilter { Session = session })).Items);
}
