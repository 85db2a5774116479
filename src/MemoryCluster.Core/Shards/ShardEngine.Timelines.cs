using MemoryCluster.Access;
using MemoryCluster.Timelines;

namespace MemoryCluster.Shards;

/// <content>Timelines: what was told of a thing or in a session, in the order of time and at several heights.</content>
public sealed partial class ShardEngine
{
    // Summaries of a turn: some ten milliseconds, between which others have their turns; and turns of one reading.
    private const int SummariesPerTurn = 64;
    private const int TurnsMax = 64;

    /// <summary>Part of a timeline, as far as the caller may see it. Summaries that are not made yet are made now, a bounded number of them.</summary>
    public async Task<TimelinePage> ReadTimelineAsync(TimelineQuery query, AccessView access, CancellationToken cancellationToken)
    {
        if (TimelineScope.Of(query) is not { } scope)
        {
            return new TimelinePage([], false);
        }

        for (var turn = 1; ; turn++)
        {
            // Confirmed first, read after: the reading itself then runs in one turn, on one state.
            await _writer.ConfirmCurrentAsync(cancellationToken);
            var left = SummariesPerTurn;
            var (page, isWhole) = new TimelineReading(_state.Timelines, _summaries, query, access, _team).Read(scope, _clock.GetUtcNow(), ref left);
            if (isWhole || turn == TurnsMax)
            {
                return page;
            }

            await Task.Yield();
        }
    }

    /// <summary>Summaries of timelines made so far: work follows what changes and what is read.</summary>
    public long TimelineSummaries => _state.Timelines.Summaries;
}
