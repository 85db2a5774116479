using System.Diagnostics;

namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>The one thread of a run. Whatever reaches the simulation from another has escaped its order and its clock, and would not repeat.</summary>
internal sealed class HomeThread
{
    private readonly int _id = Environment.CurrentManagedThreadId;

    /// <summary>The first time that something came from another thread.</summary>
    public string? Escape { get; private set; }

    /// <summary>Whether the caller is on the thread. Finalizers never are, and go on long after the run: what comes from elsewhere must be dropped.</summary>
    public bool Check(object who)
    {
        var isHome = Environment.CurrentManagedThreadId == _id;
        if (!isHome)
        {
            Escape ??= $"{who} was reached from another thread, where the simulation has no power. Something used the thread pool: ConfigureAwait(false), "
                + "Task.Run, a BackgroundService, CancelAsync, or a wait on a task whose source has RunContinuationsAsynchronously."
                + Environment.NewLine + new StackTrace();
        }

        return isHome;
    }
}
