using MemoryCluster.LocalEngine.Scheduling;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>A queue of turns that run one at a time, on whichever thread: what <c>await</c> captures inside a grain.</summary>
internal abstract class TurnContext(IScheduler scheduler, ILogger logger, int ordinal) : SynchronizationContext, IThreadPoolWorkItem
{
    // A context yields its thread after so many turns, so that a busy grain does not starve the others.
    private const int TurnsPerDispatchMax = 64;

    private readonly bool _checksPosts = !scheduler.RunsInline;
    private readonly Queue<Turn> _turns = new(2);
    private bool _isTaken;

    /// <summary>Counts contexts of a cluster in the order of their creation.</summary>
    public int Ordinal { get; } = ordinal;

    /// <summary>The silo it lives on; null for a client.</summary>
    public virtual Silo? Silo => null;

    protected Lock Gate { get; } = new();

    protected IScheduler Scheduler { get; } = scheduler;

    protected ILogger Logger { get; } = logger;

    /// <summary>Whether a thread runs a turn or has been asked to. Under the gate.</summary>
    protected bool IsTakenLocked => _isTaken;

    protected int TurnCountLocked => _turns.Count;

    public override SynchronizationContext CreateCopy() => this;

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A turn cannot wait for another turn: post and await.");

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (_checksPosts && !Scheduler.Accepts(this))
        {
            return;
        }

        bool isMine;
        lock (Gate)
        {
            isMine = EnqueueLocked(new Turn(d, state));
        }

        if (isMine)
        {
            Scheduler.Schedule(this);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var count = 0; count < TurnsPerDispatchMax; count++)
        {
            if (!RunTurn())
            {
                return;
            }
        }

        Scheduler.Schedule(this);
    }

    /// <summary>Runs the next turn, on behalf of whoever was scheduled. Whether more are waiting; if not, the context is given up.</summary>
    public bool RunTurn()
    {
        Turn turn;
        lock (Gate)
        {
            if (!_turns.TryDequeue(out turn))
            {
                _isTaken = false;
                return false;
            }
        }

        var previous = Current;
        SetSynchronizationContext(this);
        try
        {
            turn.Callback(turn.State);
        }
#pragma warning disable CA1031 // The edge of a turn: what escapes an async void has no other owner.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Logger.LogTurnFailed(ToString()!, exception);
        }
        finally
        {
            SetSynchronizationContext(previous);
        }

        lock (Gate)
        {
            return _isTaken = _turns.Count > 0;
        }
    }

    /// <summary>Adds a turn. Whether the caller must now schedule the context.</summary>
    protected bool EnqueueLocked(Turn turn)
    {
        _turns.Enqueue(turn);
        return TakeLocked();
    }

    protected bool TakeLocked()
    {
        if (_isTaken)
        {
            return false;
        }

        return _isTaken = true;
    }

    /// <summary>Gives the context up after a turn that was not dequeued. Whether turns wait, in which case it is still taken and must be scheduled.</summary>
    protected bool GiveUpLocked() => _isTaken = _turns.Count > 0;
}
