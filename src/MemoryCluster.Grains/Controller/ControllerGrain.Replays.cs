using MemoryCluster.Controller;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Grains.Controller;

/// <summary>Has replays made outside of the cluster, some at a time, while everything else goes on.</summary>
internal sealed partial class ControllerGrain
{
    // Below the time that a caller waits for a rerun.
    private static readonly TimeSpan RerunMax = TimeSpan.FromMinutes(5);

    private readonly HashSet<Guid> _replaying = [];
    private readonly CancellationTokenSource _leaving = new();

    // Of its own: it can be asked when the source is disposed of.
    private CancellationToken _left;

    public async Task<CertificateRerun?> RerunAsync(MemoryId memory, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        if (await WatchAsync(_engine.RecordedReplaysAsync(memory, directory, cancellationToken)) is not { } recorded)
        {
            return null;
        }

        using var late = new CancellationTokenSource(RerunMax, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken, _left);
        var results = new ReplayResult?[recorded.Replays.Length];
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, replaying.Value.ParallelPerTeam).Select(_ => WorkAsync()));
        return recorded.Compare(results);

        // One turn at a time: whoever is done takes the next.
        async Task WorkAsync()
        {
            while (next < results.Length && !end.IsCancellationRequested)
            {
                var index = next++;
                results[index] = await TryPlayAsync(recorded.Replays[index].Job, attemptsMax: 1, isWanted: null, end.Token);
            }
        }
    }

    // At once and in this turn: CancelAsync would go on in the thread pool.
    private void Leave() => _leaving.Cancel();

    // Nobody waits for it: what it does not come to, the next run or upkeep begins again.
    private async Task StartReplaysAsync()
    {
        if (!_engine.HasReplays || _left.IsCancellationRequested)
        {
            return;
        }

        try
        {
            var directory = await directories.GetAsync(_tenant, _left);
            foreach (var job in _engine.NextReplays(directory, _replaying, replaying.Value.ParallelPerTeam))
            {
                _replaying.Add(job.Decision);
                _ = ReplayAsync(job);
            }
        }
        catch (Exception e) when (IsExpected(e))
        {
            LogReplaysDelayed(e, _team);
        }
    }

    private async Task ReplayAsync(ReplayJob job)
    {
        var isNoted = false;
        try
        {
            if (await TryPlayAsync(job, replaying.Value.AttemptsMax, IsWantedAsync, _left) is { } result)
            {
                isNoted = await WatchAsync(_engine.NoteReplayAsync(job, result, _left));
                await CarryAsync();
            }
        }
        catch (Exception e) when (IsExpected(e))
        {
            LogReplayDelayed(e, job.Decision, job.Run);
        }
        finally
        {
            _replaying.Remove(job.Decision);
        }

        // What was not noted would come up again at once; it waits for the next run or upkeep.
        if (isNoted)
        {
            await StartReplaysAsync();
        }
    }

    // Asked before every request: what was deleted, forgotten or taken out of sight a moment ago is not sent.
    private async Task<bool> IsWantedAsync(ReplayJob job)
    {
        await EraseDeletedAsync([job.Memory], _left);
        return await WatchAsync(_engine.IsWantedAsync(job, await directories.GetAsync(_tenant, _left), _left));
    }

    // Null where it is not wanted any more, or cannot be asked for just now.
    private async Task<ReplayResult?> TryPlayAsync(ReplayJob job, int attemptsMax, Func<ReplayJob, Task<bool>>? isWanted, CancellationToken end)
    {
        var answers = new Dictionary<string, ReplayAnswer>();
        foreach (var request in job.InOrder)
        {
            for (var attempt = 1; !answers.ContainsKey(request.Id); attempt++)
            {
                // wanted last: nothing else is waited for between the look and the sending
                if (await ReplayerOfAsync(job, end) is not var (replayer, record) || (isWanted is not null && !await isWanted(job)))
                {
                    return null;
                }

                try
                {
                    answers[request.Id] = await replayer.ReplayAsync(request, record, end);
                }
                catch (ReplayException e)
                {
                    LogReplayFailed(e, job.Decision, job.Run, attempt);
                    if (!e.IsTransient || attempt == attemptsMax)
                    {
                        return new ReplayResult.Failed(e.Reason, attempt);
                    }

                    await Task.Delay(replaying.Value.PauseAfter(attempt, e.RetryAfter, _random.NextDouble()), clock, end);
                }
                catch (OperationCanceledException) when (end.IsCancellationRequested)
                {
                    return null;
                }
            }
        }

        return new ReplayResult.Answered(answers[job.Without.Id], answers[job.With.Id]);
    }

    // The secret is fetched when it is needed, and kept nowhere.
    private async Task<(IReplayer Replayer, ReplayerRecord? Record)?> ReplayerOfAsync(ReplayJob job, CancellationToken cancellationToken)
    {
        if (replayers.Find(job.Replayer) is not { } replayer)
        {
            return null;
        }

        if (replayers.BuiltIn.Contains(job.Replayer))
        {
            return (replayer, null);
        }

        var tenant = GrainFactory.GetGrain<ITenantGrain>(GrainKey.Of(_tenant));
        return await tenant.CallAsync(owner => owner.FindReplayerAsync(job.Replayer, cancellationToken)) is { } record ? (replayer, record) : null;
    }

    private static bool IsExpected(Exception exception) =>
        exception is MemoryClusterException or OrleansException or TimeoutException or OperationCanceledException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Replays of team {Team} wait for the next upkeep.")]
    private partial void LogReplaysDelayed(Exception exception, TeamId team);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The replay of decision {Decision} on run {Run} waits for the next upkeep.")]
    private partial void LogReplayDelayed(Exception exception, Guid decision, RunId run);

    [LoggerMessage(Level = LogLevel.Information, Message = "Attempt {Attempt} to replay decision {Decision} on run {Run} failed.")]
    private partial void LogReplayFailed(Exception exception, Guid decision, RunId run, int attempt);
}
