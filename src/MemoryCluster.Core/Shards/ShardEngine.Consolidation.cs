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
    public async Task<ConsolidationReport> ConsolidateAsync(int max, CancellationToken cancellationToken)
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
                if (await _writer.SubmitAsync(batch => _consolidation.Merge(id, batch), cancellationToken) is { } step)
                {
                    steps.Add(step);
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

    /// <summary>Undoes one consolidation; null where this shard has none of that id.</summary>
    public Task<ConsolidationStep?> UndoAsync(ConsolidationId id, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(batch => _consolidation.Undo(id, batch), cancellationToken);
}
