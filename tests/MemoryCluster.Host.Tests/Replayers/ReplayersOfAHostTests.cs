using System.Text.Json;
using MemoryCluster.Client;
using MemoryCluster.Contract;
using MemoryCluster.Host.Tests.Commands;
using MemoryCluster.LoadTests.Processes;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Host.Tests.Replayers;

/// <summary>The host as its users start it, with an agent and a model beside it.</summary>
public sealed class ReplayersOfAHostTests : IAsyncLifetime, IDisposable
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
    public async Task Agents_ReplayRuns_SignedAndOnceEach_AlsoAcrossACrash_AndTheCertificateIsRerunByTheCommandLine()
    {
        var secret = OutsideAgents.Secret;
        await _client.PutReplayerAsync("planner", new PutReplayerRequest { Url = _agents.Url + "/replay", Secret = secret });
        var taught = await TaughtAsync("planner");
        for (var run = 0; run < 5; run++)
        {
            await SubmitAsync("planner", StepAdmission.Never);
        }

        await _host.KillAsync(default);
        await _host.DisposeAsync();
        _client.Dispose();
        await StartAsync();
        for (var run = 0; run < 8; run++)
        {
            await SubmitAsync("planner", StepAdmission.Never);
        }

        var report = await UntilAsync(taught.RunId, run => run.Decisions[0].Effect is { Lower: > 0.02 });
        var memory = report.Decisions[0].MemoryId!;
        var certify = await CommandLine.RunAsync(
            "certify", memory, "--rerun", "--json", "--url", _host.Url.AbsoluteUri, "--key-file", Path.Combine(DataFolder, "admin.key"));

        Assert.Equal(Decision.Admitted, report.Decisions[0].Decision);
        Assert.Equal(report.Replays.Count, report.Replays.Select(pair => (pair.MemoryId, pair.RunId)).Distinct().Count());
        Assert.Empty(_agents.Unsigned);
        Assert.True(_agents.Ids.Count(id => id == _agents.Ids.First()) > 1);
        Assert.Equal(0, certify.ExitCode);
        var rerun = JsonElement.Parse(certify.Output).GetProperty("rerun");
        Assert.Equal(("planner", true), (rerun.GetProperty("replayer").GetString(), rerun.GetProperty("verdictAgrees").GetBoolean()));
        Assert.DoesNotContain(secret, await File.ReadAllTextAsync(Path.Combine(DataFolder, "admin.key")) + _host.LastWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_ReplaysRuns_WhoseAnswerIsKnown()
    {
        var taught = await TaughtAsync("chat");

        var report = await UntilAsync(taught.RunId, run => run.Replays.Count > 0);

        var pair = report.Replays[0];
        Assert.Equal((0.0, 1.0, "m-1"), (pair.RewardWithout, pair.RewardWith, pair.Version));
    }

    private async Task StartAsync()
    {
        var settings = new HostSettings
        {
            DataFolder = DataFolder,
            Environment = new Dictionary<string, string>
            {
                ["Replay__Webhook__AllowedNetworks__0"] = "127.0.0.0/8", ["Chat__Endpoint"] = _agents.Url + "/v1", ["Chat__Model"] = "m",
            },
        };
        _host = await HostProcess.StartAsync(settings, TimeProvider.System, CancellationToken.None);
        _client = new MemoryClusterClient(_host.Url, await HostProcess.AdminKeyAsync(DataFolder, CancellationToken.None));
        await _client.PutTeamAsync("plants", new PutTeamRequest { Domain = "plants" });
        await _client.PutAgentAsync("plants", "ada");
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

    private Task<RunAcceptedResponse> SubmitAsync(string replayer, StepAdmission admit) => _client.SubmitRunAsync(new RunRequest
    {
        Team = "plants", Agent = "ada", Task = "Which coolant has plant 12?", Input = "", Seeds = [7],
        Steps = [new RunStepBody { Summary = "Look it up", Tool = "search", Input = "plant 12", Output = "Plant 12 is cooled with molten salt.", Admit = admit }],
        Outcome = new RunOutcomeBody { Reward = 1, Correct = true, Answer = "molten salt" },
        Evaluation = new RunEvaluationBody { Replayer = replayer, Expected = "molten salt" },
    });

    private async Task<RunResponse> UntilAsync(string run, Func<RunResponse, bool> isSo)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var report = await _client.GetRunAsync(run, late.Token);
            if (isSo(report))
            {
                return report;
            }

            await Task.Yield();
        }
    }
}
