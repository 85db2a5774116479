namespace MemoryCluster.Embedders.Tests.Batching;

public sealed class EmbeddingBatcherTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(5);

    private readonly ManualClock _clock = new();
    private readonly GatedModel _model = new();

    private EmbeddingBatcher Batcher(int batchTextsMax, TimeSpan delay = default, int queueTextsMax = 100) => new(
        _model,
        new EmbeddingBatcherOptions { BatchTextsMax = batchTextsMax, BatchDelayMax = delay, QueueTextsMax = queueTextsMax },
        _clock);

    [Fact]
    public async Task FullBatch_GoesAtOnce_AndEachCallerGetsItsOwnVector()
    {
        await using var batcher = Batcher(3, Delay);

        var answers = batcher.EmbedManyAsync(["a", "bb", "ccc"], default);
        var call = await _model.NextCallAsync();
        call.Complete();

        Assert.Equal(["a", "bb", "ccc"], call.Texts);
        Assert.Equal([1f, 2f, 3f], (await answers).Select(e => e.Values[0]));
    }

    [Fact]
    public async Task PartialBatch_GoesWhenTheFirstTextHasWaitedLongEnough()
    {
        await using var batcher = Batcher(3, Delay);

        var answers = batcher.EmbedManyAsync(["a", "bb"], default);
        await _clock.TimerSet(Delay);
        _clock.Advance(Delay);
        var call = await _model.NextCallAsync();
        call.Complete();

        Assert.Equal(["a", "bb"], call.Texts);
        await answers;
    }

    [Fact]
    public async Task TextsThatComeWhileTheModelWorks_GoTogetherNext()
    {
        await using var batcher = Batcher(2);
        var first = batcher.EmbedAsync("a", default);
        var call = await _model.NextCallAsync();

        var others = batcher.EmbedManyAsync(["b", "c", "d"], default);
        call.Complete();
        var second = await _model.NextCallAsync();
        second.Complete();
        var third = await _model.NextCallAsync();
        third.Complete();

        Assert.Equal(["b", "c"], second.Texts);
        Assert.Equal(["d"], third.Texts);
        await first;
        await others;
    }

    [Fact]
    public async Task FailedBatch_FailsAllItsCallers_AndTheNextBatchIsServed()
    {
        await using var batcher = Batcher(2, Delay);
        var first = batcher.EmbedAsync("a", default).AsTask();
        var second = batcher.EmbedAsync("b", default).AsTask();
        (await _model.NextCallAsync()).Answer.SetException(new InvalidOperationException("no memory"));

        var faults = new[] { await FaultOf(first), await FaultOf(second) };

        Assert.All(faults, fault => Assert.Equal(MemoryFault.EmbedderUnavailable, fault.Fault));
        Assert.All(faults, fault => Assert.IsType<InvalidOperationException>(fault.InnerException));
        var next = batcher.EmbedManyAsync(["c", "d"], default);
        (await _model.NextCallAsync()).Complete();
        Assert.Equal(2, (await next).Count);
    }

    [Fact]
    public async Task FaultOfTheModel_ReachesCallersAsItIs()
    {
        await using var batcher = Batcher(1);
        var answer = batcher.EmbedAsync("a", default).AsTask();
        var fault = new MemoryClusterException(MemoryFault.EmbedderUnavailable, "down");

        (await _model.NextCallAsync()).Answer.SetException(fault);

        Assert.Same(fault, await FaultOf(answer));
    }

    [Fact]
    public async Task WrongNumberOfVectors_FailsTheBatch()
    {
        await using var batcher = Batcher(1);
        var answer = batcher.EmbedAsync("a", default).AsTask();

        (await _model.NextCallAsync()).Answer.SetResult([]);

        Assert.Contains("0 vectors for 1 texts", (await FaultOf(answer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallerWhoGivesUp_LeavesTheOthersAlone()
    {
        await using var batcher = Batcher(2, Delay);
        using var giveUp = new CancellationTokenSource();
        var gone = batcher.EmbedAsync("a", giveUp.Token).AsTask();
        var staying = batcher.EmbedAsync("b", default).AsTask();
        var call = await _model.NextCallAsync();

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        call.Complete();

        Assert.Equal(1, (await staying).Values[0]);
    }

    [Fact]
    public async Task TextOfACallerWhoGaveUpInLine_IsNotSent()
    {
        await using var batcher = Batcher(1);
        var first = batcher.EmbedAsync("a", default).AsTask();
        var call = await _model.NextCallAsync();
        using var giveUp = new CancellationTokenSource();
        var gone = batcher.EmbedAsync("b", giveUp.Token).AsTask();
        var last = batcher.EmbedAsync("c", default).AsTask();

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        call.Complete();
        var next = await _model.NextCallAsync();
        next.Complete();

        Assert.Equal(["c"], next.Texts);
        await first;
        await last;
    }

    [Fact]
    public async Task FullLine_LetsCallersWait_AndServesThemLater()
    {
        await using var batcher = Batcher(1, queueTextsMax: 1);
        var answers = batcher.EmbedManyAsync(["a", "b", "c", "d"], default);

        for (var i = 0; i < 4; i++)
        {
            (await _model.NextCallAsync()).Complete();
        }

        Assert.Equal(4, (await answers).Count);
    }

    [Fact]
    public async Task Disposal_AnswersWhatIsInLine_ThenRefuses()
    {
        var batcher = Batcher(1);
        var answers = batcher.EmbedManyAsync(["a", "b"], default);
        var call = await _model.NextCallAsync();

        var disposal = batcher.DisposeAsync();
        call.Complete();
        (await _model.NextCallAsync()).Complete();
        await disposal;

        Assert.Equal(2, (await answers).Count);
        var refused = await FaultOf(batcher.EmbedAsync("c", default).AsTask());
        Assert.Contains("shutting down", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposal_DoesNotWaitForCompany()
    {
        var batcher = Batcher(2, Delay);
        var answer = batcher.EmbedAsync("a", default);
        await _clock.TimerSet(Delay);

        var disposal = batcher.DisposeAsync();
        (await _model.NextCallAsync()).Complete();
        await disposal;

        Assert.Equal(1, (await answer).Values[0]);
    }

    private static Task<MemoryClusterException> FaultOf(Task answer) => Assert.ThrowsAsync<MemoryClusterException>(() => answer);
}
