using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

[StatelessWorker(3)]
internal sealed class WorkerGrain(ILocalSiloDetails silo, IGrainContext context, Log log) : Grain, IWorkerGrain
{
    public async Task<string> WorkAsync(string door)
    {
        log.Add("began");
        await log.PassAsync(door);
        return $"{silo.Name}{context.ActivationId}";
    }
}
