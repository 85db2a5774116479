using System.Text;
using MemoryCluster.Controller;
using MemoryCluster.Core.Tests.Admission.Runs;
using MemoryCluster.Shards;

namespace MemoryCluster.Core.Tests.Controller;

public sealed class DecisionCheckTests : IAsyncLifetime
{
    private ControllerHarness _harness = null!;

    public async Task InitializeAsync() => _harness = await ControllerHarness.StartAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task EveryDecision_FollowsFromTheLogBeforeIt()
    {
        await LiveAsync();
        var check = new DecisionCheck(ControllerHarness.Options, _harness.Clock);

        Assert.Empty(_harness.Log.SelectMany(mutation => check.Take(mutation, ControllerHarness.Directory)));
        Assert.Equal(40, check.Runs);
    }

    [Fact]
    public async Task AlteredDecision_IsTold()
    {
        await LiveAsync();
        var check = new DecisionCheck(ControllerHarness.Options, _harness.Clock);

        var differences = _harness.Log.SelectMany(mutation => check.Take(Altered(mutation), ControllerHarness.Directory)).ToArray();

        Assert.Contains(differences, difference => difference.Contains("\"Probability\":0.625", StringComparison.OrdinalIgnoreCase));
    }

    // Runs, a crash after some of them, what the gate learns of them, a changed policy, something forgotten and something deleted.
    private async Task LiveAsync()
    {
        for (var run = 0; run < 40; run++)
        {
            if (_harness.Engine.NextToLearn() is not null)
            {
                Assert.True(await _harness.Engine.LearnAsync(ImmutableDictionary<MemoryId, long>.Empty, default));
            }

            var report = await _harness.SubmitAsync(Runs.Of(
                $"Refund order {run % 5}", run % 2,
                Runs.Step("Look up the order", $"Order {run % 5} was paid by {(run % 4 == 0 ? "card" : "cheque")}.", "get_order", $"{run % 5}")));
            switch (run)
            {
                case 9:
                    await _harness.Engine.SetPolicyAsync(_harness.Engine.Policy with { ReplaysPerDay = 40 }, default);
                    break;
                case 14:
                    await _harness.Engine.ForgetAsync(new ForgetCommand { Run = report.Run.Id }, ControllerHarness.Everything, default);
                    break;
                case 19:
                    await _harness.Engine.EraseSourcesAsync([report.Decisions[0].Memory!.Value], default);
                    break;
                case 7 or 21:
                    await _harness.ReopenAsync();
                    break;
            }
        }
    }

    private static ShardMutation Altered(ShardMutation mutation) => mutation with
    {
        Writes = [.. mutation.Writes.Select(write => write with { Payload = Encoding.UTF8.GetBytes(Altered(Encoding.UTF8.GetString(write.Payload.Span))) })],
    };

    private static string Altered(string json) => json.Replace("\"probability\":0.5,", "\"probability\":0.625,", StringComparison.OrdinalIgnoreCase);
}
