using MemoryCluster.Summaries;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Grains.Shards;

/// <summary>Has a language model word summaries, one at a time, while everything else goes on.</summary>
internal sealed partial class ShardGrain
{
    private IGrainTimer? _wording;
    private DateTimeOffset _wordAgainAt;
    private int _wordingFailures;
    private int _wordsLeft;

    // What an upkeep gives is spent by readings and consolidations in between as well, and no more than that.
    private void EnsureWording()
    {
        if (_wording is null && writer is not null && _wordsLeft > 0 && Engine.WantsSummaries && clock.GetUtcNow() >= _wordAgainAt)
        {
            var pause = upkeep.Value.EmbedPause;
            _wording = this.RegisterGrainTimer(WordSomeAsync, new GrainTimerCreationOptions(pause, pause) { Interleave = true });
        }
    }

    // Ends with the last one and at a fault too: the next upkeep begins again, after a failure when the model has been left alone for a while.
    private async Task WordSomeAsync(CancellationToken cancellationToken)
    {
        var isDone = true;
        try
        {
            isDone = _wordsLeft-- <= 0 || !await TryWordAsync(writer!, cancellationToken);
            _wordingFailures = 0;
        }
        catch (Exception e) when (e is SummaryException or MemoryClusterException or OrleansException or TimeoutException or OperationCanceledException)
        {
            var pause = wording.Value.PauseAfter(++_wordingFailures, _random.NextDouble());
            _wordAgainAt = clock.GetUtcNow() + pause;
            LogWordingDelayed(e, _shard.Team, pause);
        }
        finally
        {
            if (isDone)
            {
                _wording?.Dispose();
                _wording = null;
            }
        }
    }

    private async Task<bool> TryWordAsync(ISummaryWriter by, CancellationToken cancellationToken)
    {
        var model = by.Model;
        if (await WatchAsync(Engine.NextSummaryAsync(model, cancellationToken)) is not { } proposal)
        {
            return false;
        }

        using var late = new CancellationTokenSource(wording.Value.Timeout, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var answer = await by.WriteAsync(proposal.Request, end.Token);
        if (await WatchAsync(Engine.TakeSummaryAsync(proposal, model, answer, EmbedAsync, cancellationToken)) is { } refusal)
        {
            LogWordingRefused(_shard.Team, proposal.What, answer.Model, refusal);
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Summaries of team {Team} are worded no sooner than after {Pause}.")]
    private partial void LogWordingDelayed(Exception exception, TeamId team, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Information, Message = "What model {Model} wrote of {What} in team {Team} is not taken: {Refusal}.")]
    private partial void LogWordingRefused(TeamId team, Guid what, string model, SummaryRefusal refusal);
}
