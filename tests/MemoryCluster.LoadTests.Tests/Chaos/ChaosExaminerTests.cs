using MemoryCluster.LoadTests.Chaos;

namespace MemoryCluster.LoadTests.Tests.Chaos;

/// <summary>A checker that finds nothing proves nothing unless it finds what is there.</summary>
public sealed class ChaosExaminerTests : IAsyncLifetime
{
    private readonly ChaosTally _tally = new();
    private readonly TrackedMemory _live = Tracked("w0n1:", "m1");
    private readonly TrackedMemory _deleted = Tracked("w0n2:", "m2");
    private readonly TrackedMemory _unknown = new("t", "a", "w0n3:", "w0n3: text");

    private FakeCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync();
        _deleted.Delete();
        _cluster.Show("m1", _live.Text);
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task WhatWasAcknowledgedAndNothingElse_IsNoViolation()
    {
        Assert.Empty(await ExamineAsync());

        _cluster.Show("m3", _unknown.Text);
        Assert.Empty(await ExamineAsync());
    }

    [Fact]
    public async Task LostMemory_IsFoundInEachView()
    {
        _cluster.ById.Clear();
        _cluster.Listed.Clear();

        Assert.Equal(
            ["lost: w0n1: is not listed", "lost: w0n1: is not recalled by its own text", "lost: w0n1: m1 is not there by id"],
            (await ExamineAsync()).Order());
    }

    [Fact]
    public async Task MemoryThatIsOnlyMissingInTheIndex_IsFound()
    {
        _cluster.Recalled.Clear();

        Assert.Equal(["lost: w0n1: is not recalled by its own text"], await ExamineAsync());
    }

    [Fact]
    public async Task PartialAnswer_IsAskedAgain()
    {
        _cluster.PartialAnswers = 4;

        Assert.Empty(await ExamineAsync());
        Assert.Equal(4, _tally.Counts["recalls that were partial and asked again"]);
    }

    [Fact]
    public async Task MemoryThatIsOnlyMissingInTheIndex_IsFoundBehindPartialAnswers()
    {
        _cluster.Recalled.Clear();
        _cluster.PartialAnswers = 10;

        Assert.Equal(["lost: w0n1: is not recalled by its own text"], await ExamineAsync());
    }

    [Fact]
    public async Task AnswersThatStayPartial_AreTold()
    {
        _cluster.PartialAnswers = int.MaxValue;

        Assert.Equal(["lost: w0n1: is not recalled by its own text, and every answer was partial"], await ExamineAsync());
    }

    [Fact]
    public async Task ResurrectedMemory_IsFoundInEachView()
    {
        _cluster.Show("m2", _deleted.Text);

        Assert.Equal(
            ["resurrected: w0n2: is listed", "resurrected: w0n2: is recalled", "resurrected: w0n2: m2 is there by id"], (await ExamineAsync()).Order());
    }

    [Fact]
    public async Task SecondCopyUnderAnotherId_IsADuplicate()
    {
        _cluster.Show("m9", _live.Text);
        _cluster.Show("m3", _unknown.Text);
        _cluster.Show("m4", _unknown.Text);

        Assert.Equal(["duplicate: w0n1: is listed 2 times", "duplicate: w0n3: is listed 2 times"], (await ExamineAsync()).Order());
    }

    [Fact]
    public async Task OldVersion_IsAViolation()
    {
        _live.Change("w0n1: changed", version: 2);

        Assert.Contains("history: w0n1: is at version 1, 2 was acknowledged", await ExamineAsync());
    }

    [Fact]
    public async Task OtherText_IsAViolation()
    {
        _live.Change("w0n1: changed", version: 1);

        Assert.Contains("lost: w0n1: has another text than was acknowledged", await ExamineAsync());
    }

    [Fact]
    public async Task MemoryThatNobodyWrote_IsAPhantom()
    {
        _cluster.Show("m7", "w5n5: whence");

        Assert.Equal(["phantom: w5n5: was never written"], await ExamineAsync());
    }

    [Fact]
    public async Task Sample_LeavesBusyMemoriesAlone()
    {
        _cluster.ById.Clear();
        _live.IsBusy = true;

        await Examiner().SampleAsync([_live, _deleted, _unknown], CancellationToken.None);

        Assert.Empty(_tally.Violations);
    }

    private static TrackedMemory Tracked(string token, string id)
    {
        var memory = new TrackedMemory("t", "a", token, $"{token} text");
        memory.Acknowledge(id, version: 1);
        memory.IsBusy = false;
        return memory;
    }

    private ChaosExaminer Examiner() => new(_cluster.Client, _tally, new Random(1));

    private async Task<IReadOnlyList<string>> ExamineAsync()
    {
        await Examiner().ExamineAsync([_live, _deleted, _unknown], CancellationToken.None);
        return _tally.Violations;
    }
}
