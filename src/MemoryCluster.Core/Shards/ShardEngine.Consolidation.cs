using MemoryCluster.Consolidation;

namespace MemoryCluster.Shards;

/// <content>Consolidation: one pass at a time over what has changed since the last.</content>
public sealed partial class ShardEngine
{
    // Passes run one after another; each waits for the one before, on its own turn.
    private Task _lastPass = Task.CompletedTask;

    /// <summary>Memories that the next pass will look at, no fewer than there are.</summary>
    public int Due => _state.Due.Count;

    /// <summary>
    /// Looks at changed memories and lets one stand for others that say the same; each merge is one durable mutation. What a crash leaves
    /// over the next pass finds again, and what was merged is merged no second time.
    /// </summary>
    /// <param name="max">Memories to look at, at most.</param>
    /// <param name="embed">Makes the vectors of insights; where it cannot, the pass ends before the memory that needs one.</param>
    /// <param name="cancellationToken">Stops it between two memories; what was done stays done.</param>
    public async Task<ConsolidationReport> ConsolidateAsync(
        int max, Func<string, CancellationToken, Task<Embedding>> embed, CancellationToken cancellationToken)
    {
        var (before, own) = (_lastPass, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _lastPass = own.Task;
        await before;
        try
        {
            var steps = ImmutableArray.CreateBuilder<ConsolidationStep>();
            var examined = 0;
            for (; examined < max && _state.Due.Next is { } id; examined++)
            {
                try
                {
                    if (await ConsolidateAsync(id, embed, cancellationToken) is { } step)
                    {
                        steps.Add(step);
                    }
                }
                catch (MemoryClusterException e) when (e.Fault == MemoryFault.EmbedderUnavailable)
                {
                    break;
                }

                _state.Due.Pass(id);
            }

            await _writer.SubmitAsync(_consolidation.Advance, cancellationToken);
            return new ConsolidationReport { Steps = steps.ToImmutable(), Examined = examined, Remaining = _state.Due.Count };
        }
        finally
        {
            own.SetResult();
        }
    }

    private async Task<ConsolidationStep?> ConsolidateAsync(
        MemoryId id, Func<string, CancellationToken, Task<Embedding>> embed, CancellationToken cancellationToken)
    {
        if (_state.Find(id) is { } entry && InsightScore.IsSpent(entry.Record))
        {
            return await _writer.SubmitAsync(batch => _insights.Dispel(id, batch), cancellationToken);
        }

        if (await _writer.SubmitAsync(batch => _consolidation.Merge(id, batch), cancellationToken) is { } merged)
        {
            return merged;
        }

        if (_insights.Draft(id, _policy.Consolidation) is not { } draft)
        {
            return null;
        }

        var embedding = await embed(draft.Text, cancellationToken);
        return await _writer.SubmitAsync(batch => _insights.Write(draft, embedding, _policy, batch), cancellationToken);
    }

    /// <summary>Consolidations in force and the latest that ended, newest first.</summary>
    /// <param name="before">Only those from before this place; null for all.</param>
    /// <param name="limit">Entries at most.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<ConsolidationPage> ListConsolidationsAsync(ConsolidationPlace? before, int limit, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        var found = _state.Entries.Select(entry => entry.Record).Where(memory => memory.Consolidation is not null)
            .GroupBy(memory => memory.Consolidation!.Id).Select(moved => ConsolidationWork.EntryOf([.. moved]))
            .Concat(_state.Ended.All)
            .Where(entry => before is not { } place || entry.Place < place)
            .OrderByDescending(entry => entry.Place)
            .Take(limit + 1)
            .ToImmutableArray();
        return found.Length > limit ? new ConsolidationPage(found[..limit], true) : new ConsolidationPage(found, false);
    }

    /// <summary>Undoes one consolidation; null where this shard has none of that id.</summary>
    public Task<ConsolidationStep?> UndoAsync(ConsolidationId id, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(batch => _consolidation.Undo(id, batch), cancellationToken);
}
