using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>The activations of one stateless worker on one silo.</summary>
internal sealed class WorkerPool(Cluster cluster, Silo silo, GrainClass grainClass, GrainId grainId)
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];

    /// <summary>An idle worker, a new one while the limit allows, or the one with the shortest queue.</summary>
    public Activation Pick()
    {
        lock (_gate)
        {
            Activation? best = null;
            foreach (var worker in _workers)
            {
                if (worker.Load == 0)
                {
                    return worker;
                }

                best = best is null || worker.Load < best.Load ? worker : best;
            }

            return best is not null && _workers.Count >= grainClass.WorkersMax ? best : AddWorker();
        }
    }

    public void Remove(Activation worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
        }
    }

    private Activation AddWorker()
    {
        var worker = new Activation(cluster, silo, grainClass, grainId, this);
        _workers.Add(worker);
        silo.Add(worker);
        return worker;
    }
}
