namespace MemoryCluster.Admission.Replay;

/// <summary>Runs read for replay, each once while it is asked for: a popular task's runs meet every new candidate of it.</summary>
internal sealed class ReplayContexts
{
    // Some 20 KB each: the runs of a few popular tasks.
    private const int KeptMax = 256;

    private readonly Dictionary<RunId, ReplayContext> _contexts = [];
    private readonly Queue<RunId> _order = [];

    /// <summary>The run's context; a record that was changed since, by an erasure, is read anew.</summary>
    public ReplayContext Of(RunRecord run)
    {
        if (_contexts.TryGetValue(run.Id, out var kept) && ReferenceEquals(kept.Run, run))
        {
            return kept;
        }

        // What was forgotten may still stand in the order: a second turn there costs one early reading.
        if (kept is null)
        {
            _order.Enqueue(run.Id);
        }

        var context = _contexts[run.Id] = ReplayContext.Of(run);
        while (_order.Count > KeptMax)
        {
            _contexts.Remove(_order.Dequeue());
        }

        return context;
    }

    /// <summary>Forgets a run, and with it every word of it.</summary>
    public void Remove(RunId run) => _contexts.Remove(run);
}
