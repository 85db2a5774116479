using MemoryCluster.LocalEngine.Runtime;

namespace MemoryCluster.LocalEngine.Scheduling;

/// <summary>Who runs turns, and how calls and answers travel. <c>live</c>: the thread pool, at once; <c>simulated</c>: one thread, in seeded
/// order, over a network that fails.</summary>
internal interface IScheduler
{
    /// <summary>Whether a caller's thread may run the turn of the grain it calls.</summary>
    bool RunsInline { get; }

    /// <summary>Sees to it that the turns of the context run, one after the other.</summary>
    void Schedule(TurnContext context);

    /// <summary>Whether the calling thread may add a turn to the context.</summary>
    bool Accepts(TurnContext context);

    void Send(Call call);

    void Reply(Call call, Activation from, Task outcome);

    /// <summary>Tells the grain that nobody waits any longer.</summary>
    void Cancel(Call call);

    /// <summary>Whether the grain may leave a call alone that it has not begun.</summary>
    bool IsAbandoned(Call call);

    void Arm(Call call, TimeSpan timeout);

    void Disarm(Call call);
}
