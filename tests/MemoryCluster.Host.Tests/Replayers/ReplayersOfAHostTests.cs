using System.Text.Json;
using MemoryCluster.Contract;
using MemoryCluster.Host.Tests.Commands;
using MemoryCluster.Host.Tests.Running;

namespace MemoryCluster.Host.Tests.Replayers;

/// <summary>The host as its users start it, with an agent and a model beside it.</summary>
public sealed class ReplayersOfAHostTests : HostBesideAgents
{
    [Fact]
    public async Task Agents_ReplayRuns_SignedAndOnceEach_AlsoAcrossACrash_AndTheCertificateIsRerunByTheCommandLine()
    {
        var secret = OutsideAgents.Secret;
        await Client.PutReplayerAsync("planner", new PutReplayerRequest { Url = Agents.Url + "/replay", Secret = secret });
        var taught = await TaughtAsync("planner");
        for (var run = 0; run < 5; run++)
        {
            await SubmitAsync("planner", StepAdmission.Never);
        }

        await CrashAndStartAsync();
        for (var run = 0; run < 8; run++)
        {
            await SubmitAsync("planner", StepAdmission.Never);
        }

        var report = await UntilAsync(() => Client.GetRunAsync(taught.RunId), run => run.Decisions[0].Effect is { Lower: > 0.02 });
        var memory = report.Decisions[0].MemoryId!;
        var certify = await CommandLine.RunAsync(
            "certify", memory, "--rerun", "--json", "--url", Host.Url.AbsoluteUri, "--key-file", KeyFile);

        Assert.Equal(Decision.Admitted, report.Decisions[0].Decision);
        Assert.Equal(report.Replays.Count, report.Replays.Select(pair => (pair.MemoryId, pair.RunId)).Distinct().Count());
        Assert.Empty(Agents.Unsigned);
        Assert.True(Agents.Ids.Count(id => id == Agents.Ids.First()) > 1);
        Assert.Equal(0, certify.ExitCode);
        var rerun = JsonElement.Parse(certify.Output).GetProperty("rerun");
        Assert.Equal(("planner", true), (rerun.GetProperty("replayer").GetString(), rerun.GetProperty("verdictAgrees").GetBoolean()));
        Assert.DoesNotContain(secret, await File.ReadAllTextAsync(KeyFile) + Host.LastWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_ReplaysRuns_WhoseAnswerIsKnown()
    {
        var taught = await TaughtAsync("chat");

        var report = await UntilAsync(() => Client.GetRunAsync(taught.RunId), run => run.Replays.Count > 0);

        var pair = report.Replays[0];
        Assert.Equal((0.0, 1.0, "m-1"), (pair.RewardWithout, pair.RewardWith, pair.Version));
    }

    // The gate may drop a step, by chance too: the first that is kept will do.
    private async Task<RunAcceptedResponse> TaughtAsync(string replayer)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var accepted = await SubmitAsync(replayer, StepAdmission.Auto);
            if (accepted.Decisions.Any(decision => decision.MemoryId is not null && decision.Decision != Decision.Merged))
            {
                return accepted;
            }
        }

        throw new InvalidOperationException("Twenty runs were submitted and nothing of them was kept.");
    }

    private Task<RunAcceptedResponse> SubmitAsync(string replayer, StepAdmission admit) => Client.SubmitRunAsync(new RunRequest
    {
        Team = "plants", Agent = "ada", Task = "Which coolant has plant 12?", Input = "", Seeds = [7],
        Steps = [new RunStepBody { Summary = "Look it up", Tool = "search", Input = "plant 12", Output = "Plant 12 is cooled with molten salt.", Admit = admit }],
        Outcome = new RunOutcomeBody { Reward = 1, Correct = true, Answer = "molten salt" },
        Evaluation = new RunEvaluationBody { Replayer = replayer, Expected = "molten salt" },
    });
}
