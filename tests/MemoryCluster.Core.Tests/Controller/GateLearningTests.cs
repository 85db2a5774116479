using MemoryCluster.Controller;
using MemoryCluster.Core.Tests.Admission.Runs;

namespace MemoryCluster.Core.Tests.Controller;

public sealed class GateLearningTests : IAsyncLifetime
{
    private ControllerHarness _harness = null!;

    public async Task InitializeAsync() => _harness = await ControllerHarness.StartAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task PolicyThatAlsoServesTasksThatItNeverSaw_IsPutInForce()
    {
        await LearnAsync(isUsed: (_, isLookup) => isLookup);

        Assert.True(_harness.Engine.View.GateVersion > ControllerHarness.Undecided.Version);
    }

    // Whatever it is taught, on what it is weighed by it is worse.
    [Fact]
    public async Task PolicyThatServesOnlyTheTasksItWasTaughtOn_IsNot()
    {
        await LearnAsync(isUsed: (isWeighed, isLookup) => isLookup != isWeighed);

        Assert.Equal(ControllerHarness.Undecided.Version, _harness.Engine.View.GateVersion);
    }

    private async Task LearnAsync(Func<bool, bool, bool> isUsed)
    {
        var uses = new Dictionary<MemoryId, long>();
        for (var number = 0; number < 160; number++)
        {
            var run = Runs.Of(
                $"Settle case {number}", 1, Runs.Step("Look up the price list", $"List {number} says {100 + number} dollars.", "get_list", $"{number}"),
                Runs.Step($"Thought about case {number} for a while", $"Perhaps {number} of them could be somewhere else by now."));
            var report = await _harness.SubmitAsync(run);
            foreach (var decision in report.Decisions.Where(decision => decision.Memory is not null))
            {
                uses[decision.Memory!.Value] = isUsed(GateLearning.IsWeighed(ControllerState.TaskOf(run)), decision.Step == 0) ? 3 : 0;
            }

            // Somebody comes back to the case: what was not used had its occasion.
            await _harness.SubmitAsync(Runs.Of(run.Task, 1));
            if (_harness.Engine.NextToLearn() is not null)
            {
                Assert.True(await _harness.Engine.LearnAsync(uses, default));
            }
        }
    }
}
