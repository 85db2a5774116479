using MemoryCluster.LocalEngine.Runtime;
using Orleans;

namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>A caller outside of the silos, with turns of its own. It is never killed.</summary>
public sealed class SimulatedClient
{
    private readonly Cluster _cluster;
    private readonly ClientContext _context;

    internal SimulatedClient(Cluster cluster, string name)
    {
        _cluster = cluster;
        _context = new ClientContext(cluster, name);
        Name = name;
    }

    public string Name { get; }

    internal int Ordinal => _context.Ordinal;

    /// <summary>Runs the work as this client, one turn at a time with whatever else it does.</summary>
    public Task RunAsync(Func<IClusterClient, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var done = new TaskCompletionSource();
        _context.Post(static state => ((Action)state!)(), (Action)Start);
        return done.Task;

        async void Start()
        {
            try
            {
                await work(_cluster);
                done.TrySetResult();
            }
#pragma warning disable CA1031 // The edge of the client's work: whatever it throws is its owner's.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                done.TrySetException(exception);
            }
        }
    }

    private sealed class ClientContext(Cluster cluster, string name) : TurnContext(cluster.Scheduler, cluster.Logger, cluster.NextOrdinal())
    {
        public override string ToString() => name;
    }
}
