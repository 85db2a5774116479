using MemoryCluster.Core.Tests.Admission.Runs;

namespace MemoryCluster.Core.Tests.Controller;

public sealed class CreditTests : IAsyncLifetime
{
    private const string Question = "When are basic tickets refunded after the booking?";
    private const string Found = "Basic tickets are refunded within 24 hours of the booking.";

    private static readonly DirectorySnapshot Nobody = new() { Version = 0 };

    private ControllerHarness _harness = null!;
    private RunId _run;

    public async Task InitializeAsync()
    {
        _harness = await ControllerHarness.StartAsync();
        _run = (await _harness.SubmitAsync(Runs.Of("Ticket 7", 1, Runs.Step(Question, Found)))).Run.Id;
    }

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task WhatAddedEvidence_HasIt_AndWhatAddedNothingHasNothing()
    {
        var parts = await CreditAsync(Memory(1, Found), Memory(2, "Roses want sun and much water in June."));

        // of seven claims the task had made one
        Assert.Equal(6.0 / 7, parts!.Value[0], 12);
        Assert.Equal(0, parts.Value[1]);
    }

    [Fact]
    public async Task WhatTwoSayAlike_IsMissedWithoutNeitherAlone()
    {
        var parts = await CreditAsync(Memory(1, Found), Memory(2, Found), Memory(3, "Basic tickets are refunded after the booking."));

        Assert.Equal([0.0, 0.0, 0.0], parts!.Value.AsEnumerable());
    }

    [Fact]
    public async Task WhatLedAstray_IsBlamed_AndTheOthersAreNot()
    {
        var parts = await CreditAsync(Memory(1, Found), Memory(2, "Basic tickets are not refunded within hours of the booking."));

        Assert.Equal(-1, parts!.Value[1]);
        Assert.Equal(0, parts.Value[0]);
    }

    [Fact]
    public async Task RunThatAskedNothingOfTheKind_TellsNothing_AndNeitherDoesOneThatIsNotThere()
    {
        Assert.Null(await CreditAsync(Memory(1, "Roses want sun."), Memory(2, "Lilies want shade.")));
        Assert.Null(await _harness.Engine.CreditAsync(new RunId("none"), [Memory(1, Found), Memory(2, Found)], Operator, Nobody, default));
    }

    [Fact]
    public async Task RunThatTheCallerMayNotSee_AndMemoryThatTheRunsAgentMayNot_TellNothing()
    {
        MemoryRecord[] two = [Memory(1, Found), Memory(2, "Roses want sun.")];
        var stranger = Operator with { Team = new TeamId("blue"), Agent = new AgentId("mason") };
        var secret = two[1] with { Provenance = two[1].Provenance with { Resources = [new ResourceId("ledger")] } };

        Assert.Null(await _harness.Engine.CreditAsync(_run, [.. two], stranger, Nobody, default));
        Assert.Null(await CreditAsync(two[0], secret));
    }

    [Fact]
    public async Task MoreMemoriesThanCanBeAfforded_TellNothing() =>
        Assert.Null(await CreditAsync([.. Enumerable.Range(1, 17).Select(i => Memory(i, Found))]));

    private static Caller Operator { get; } = ControllerHarness.Everything.Caller;

    private Task<ImmutableArray<double>?> CreditAsync(params MemoryRecord[] used) => _harness.Engine.CreditAsync(_run, [.. used], Operator, Nobody, default);

    private static MemoryRecord Memory(int number, string text)
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return new MemoryRecord
        {
            Id = MemoryId.New(at, (ulong)number, 7), Version = 1, Seq = 1, Team = ControllerHarness.Team, Kind = MemoryKind.Fact, Visibility = Visibility.Team,
            State = MemoryState.Active, Text = text, Provenance = new Provenance { Agents = [new AgentId("scout")] },
            Times = new MemoryTimes { CreatedAt = at, UpdatedAt = at },
        };
    }
}
