using System.Diagnostics;
using MemoryCluster.LocalEngine.Proxies;
using Orleans.Runtime;
using Orleans.Storage;

namespace MemoryCluster.LocalEngine.Runtime;

internal sealed partial class Activation
{
    [ThreadStatic]
    private static int _inlineDepth;

    private int _exclusiveCount;
    private int _readerCount;
    private int _interleavedCount;
    private Queue<Call>? _waiting;
    private Dictionary<Guid, int>? _reentrantSections;
    private bool _isFiltered;
    private int _usedInEpoch;

    /// <summary>Requests in progress or waiting; read without the gate by whoever chooses among workers.</summary>
    public int Load => RunningLocked + (_waiting?.Count ?? 0);

    private int RunningLocked => _exclusiveCount + _readerCount + _interleavedCount;

    /// <summary>Runs the request on the caller's thread, if the grain is idle and would let it in at once.
    /// A request that has not ended must be handed to <see cref="Follow"/>.</summary>
    public bool TryRun(Invocation invocation, out InlineRun run)
    {
        run = default;
        var admission = AdmissionOf(invocation);
        if (_inlineDepth >= _cluster.InlineDepthMax || !TryEnter(ref admission))
        {
            return false;
        }

        var caller = Current;
        var flow = ExecutionContext.Capture();
        SetSynchronizationContext(this);
        _inlineDepth++;
        var running = Execution.Start(invocation, GrainInstance!);
        _inlineDepth--;
        SetSynchronizationContext(caller);
        if (flow is not null)
        {
            // A grain method that is not async could leave its ambient values behind.
            ExecutionContext.Restore(flow);
        }

        run = new InlineRun(this, running, admission, Leave(running, admission));
        return true;
    }

    /// <summary>Sees a request through that was begun on the caller's thread.</summary>
    public void Follow(Call call, in InlineRun run)
    {
        call.Target = this;
        var caller = Current;
        SetSynchronizationContext(this);
        new Execution(this, call, run.Admission).Follow(run.Running);
        SetSynchronizationContext(caller);
    }

    public Receipt Receive(Call call)
    {
        bool isMine;
        lock (Gate)
        {
            if (_stage == Stage.Ended)
            {
                return Receipt.Ended;
            }

            if (Load >= _cluster.EnqueuedRequestsMax)
            {
                return Receipt.Full;
            }

            call.Target = this;
            var admission = AdmissionOf(call.Invocation);
            if (_stage == Stage.Valid && MayAdmitLocked(ref admission, call.ReentrancyId))
            {
                isMine = AdmitLocked(call, admission);
            }
            else
            {
                (_waiting ??= new()).Enqueue(call);
                isMine = BeginLocked();
            }
        }

        if (isMine)
        {
            Scheduler.Schedule(this);
        }

        return Receipt.Accepted;
    }

    /// <summary>Receives a request from the activation itself.</summary>
    public Receipt ReceiveOwn(OwnInvocation invocation) => Receive(new Call<VoidResult>(_cluster, GrainClass, GrainId, invocation) { Source = this });

    /// <summary>Ends a request, inside a turn.</summary>
    public void OnExecuted(Execution execution, Task outcome)
    {
        Inspect(outcome);
        lock (Gate)
        {
            ReleaseLocked(execution.Admission, execution.Call.Invocation.KeepsAlive);
        }

        if (!execution.Call.IsOneWay)
        {
            Scheduler.Reply(execution.Call, this, outcome);
        }
        else if (outcome.IsFaulted)
        {
            Logger.LogOneWayFailed(execution.Call.Invocation.GetActivityName(), GrainId.ToString(), outcome.Exception!.InnerException!);
        }
    }

    void ICallChainReentrantGrainContext.OnEnterReentrantSection(Guid reentrancyId)
    {
        lock (Gate)
        {
            _reentrantSections ??= [];
            _reentrantSections[reentrancyId] = _reentrantSections.GetValueOrDefault(reentrancyId) + 1;
        }
    }

    void ICallChainReentrantGrainContext.OnExitReentrantSection(Guid reentrancyId)
    {
        lock (Gate)
        {
            if (--_reentrantSections![reentrancyId] == 0)
            {
                _reentrantSections.Remove(reentrancyId);
            }
        }
    }

    private Admission AdmissionOf(Invocation invocation)
    {
        var method = invocation.Method;
        if (GrainClass.IsReentrant || method.IsAlwaysInterleave || GrainClass.MayInterleave?.Invoke(invocation) == true)
        {
            return Admission.Interleaved;
        }

        return method.IsReadOnly ? Admission.Reader : Admission.Exclusive;
    }

    private bool TryEnter(ref Admission admission)
    {
        lock (Gate)
        {
            if (IsTakenLocked || _stage != Stage.Valid || _isFiltered
                || !MayAdmitLocked(ref admission, _reentrantSections is null ? Guid.Empty : RequestContext.ReentrancyId))
            {
                return false;
            }

            TakeLocked();
            CountLocked(admission, 1);
            return true;
        }
    }

    private bool Leave(Task running, Admission admission)
    {
        var isCompleted = running.IsCompleted;
        if (isCompleted && !running.IsCompletedSuccessfully)
        {
            Inspect(running);
        }

        bool isMine;
        lock (Gate)
        {
            if (isCompleted)
            {
                ReleaseLocked(admission, keepsAlive: true);
            }

            isMine = GiveUpLocked();
        }

        if (isMine)
        {
            Scheduler.Schedule(this);
        }

        return isCompleted;
    }

    // A request of a call chain that the grain allows in is let in whatever runs, and then counts as interleaved.
    private bool MayAdmitLocked(ref Admission admission, Guid reentrancyId)
    {
        var isFree = admission switch
        {
            Admission.Interleaved => true,
            Admission.Reader => _exclusiveCount == 0,
            _ => _exclusiveCount + _readerCount == 0,
        };
        if (!isFree && _reentrantSections is not null && _reentrantSections.ContainsKey(reentrancyId))
        {
            admission = Admission.Interleaved;
            return true;
        }

        return isFree;
    }

    private bool AdmitLocked(Call call, Admission admission)
    {
        CountLocked(admission, 1);
        return EnqueueLocked(new Turn(static state => ((Execution)state!).Activation.RunExecution((Execution)state), new Execution(this, call, admission)));
    }

    private void RunExecution(Execution execution)
    {
        if (Scheduler.IsAbandoned(execution.Call))
        {
            lock (Gate)
            {
                ReleaseLocked(execution.Admission, keepsAlive: false);
            }
        }
        else
        {
            execution.Run(GrainInstance!, _isFiltered);
        }
    }

    // Called by whoever has the turn, so that what it admits will run.
    private void ReleaseLocked(Admission admission, bool keepsAlive)
    {
        CountLocked(admission, -1);
        _usedInEpoch = keepsAlive ? _cluster.Epoch : _usedInEpoch;
        AdmitWaitingLocked();
        if (_stage == Stage.Ending && RunningLocked == 0)
        {
            QueueEndLocked();
        }
    }

    private void AdmitWaitingLocked()
    {
        while (_stage == Stage.Valid && _waiting is { Count: > 0 })
        {
            var call = _waiting.Peek();
            var admission = AdmissionOf(call.Invocation);
            if (!MayAdmitLocked(ref admission, call.ReentrancyId))
            {
                return;
            }

            AdmitLocked(_waiting.Dequeue(), admission);
        }
    }

    private void CountLocked(Admission admission, int change)
    {
        switch (admission)
        {
            case Admission.Exclusive:
                _exclusiveCount += change;
                break;
            case Admission.Reader:
                _readerCount += change;
                break;
            case Admission.Interleaved:
                _interleavedCount += change;
                break;
            default:
                throw new UnreachableException();
        }
    }

    // State that another activation overwrote is stale as a whole: end, so that the next call reads again.
    private void Inspect(Task outcome)
    {
        if (outcome is { IsFaulted: true, Exception.InnerException: InconsistentStateException { IsSourceActivation: true } conflict })
        {
            conflict.IsSourceActivation = false;
            Logger.LogInconsistentState(GrainId.ToString(), conflict);
            Deactivate(new(Orleans.DeactivationReasonCode.ApplicationError, conflict, "Another activation wrote the state."));
        }
    }
}
