using System.Diagnostics;
using MemoryCluster.LocalEngine.Filters;
using MemoryCluster.LocalEngine.Proxies;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>One run of one call on one activation. A doubled message makes two of them.</summary>
internal sealed class Execution(Activation activation, Call call, Admission admission)
{
    private Task? _running;

    public Activation Activation { get; } = activation;

    public Call Call { get; } = call;

    public Admission Admission { get; } = admission;

    /// <summary>Runs the request, inside the turn that the activation gave it.</summary>
    public void Run(object grain, bool isFiltered)
    {
        var before = ExecutionContext.Capture();
        if (Call.Flow is { } flow)
        {
            ExecutionContext.Restore(flow);
        }

        var invocation = Call.Invocation;
        var running = isFiltered && !invocation.IsOwn
            ? invocation.RunFiltered(new IncomingCall(invocation, Activation, grain, (Call.Source as Activation)?.GrainId))
            : Start(invocation, grain);
        if (before is not null)
        {
            ExecutionContext.Restore(before);
        }

        if (running.IsCompleted)
        {
            Activation.OnExecuted(this, running);
        }
        else
        {
            Follow(running);
        }
    }

    /// <summary>Ends the request in a turn of its activation, whose context must be the current one, once the grain is done.</summary>
    public void Follow(Task running)
    {
        _running = running;
        running.GetAwaiter().UnsafeOnCompleted(() => Activation.OnExecuted(this, _running));
    }

    /// <summary>Calls the grain, and now and then measures how long it keeps the thread.</summary>
    public static Task Start(Invocation invocation, object grain)
    {
        if (!invocation.Method.IsSampled)
        {
            return invocation.Start(grain);
        }

        var startedAt = Stopwatch.GetTimestamp();
        var running = invocation.Start(grain);
        invocation.Method.OnRan(startedAt);
        return running;
    }
}
