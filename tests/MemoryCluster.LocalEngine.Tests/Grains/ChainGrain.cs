using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

internal sealed class ChainGrain(Log log) : Grain, IChainGrain
{
    public async Task<int> DescendAsync(int depth, bool allow)
    {
        if (depth == 0)
        {
            return 0;
        }

        using var section = allow ? RequestContext.AllowCallChainReentrancy() : RequestContext.SuppressCallChainReentrancy();
        return 1 + await GrainFactory.GetGrain<IChainGrain>("b").CallBackAsync(this.AsReference<IChainGrain>(), depth - 1, allow);
    }

    public Task<int> CallBackAsync(IChainGrain caller, int depth, bool allow)
    {
        var called = caller.DescendAsync(depth, allow);
        log.Add("b called back");
        return called;
    }

    public async Task<int> CountAsync(int depth)
    {
        var next = int.Parse(this.GetPrimaryKeyString(), CultureInfo.InvariantCulture) + 1;
        return depth == 0 ? 0 : 1 + await GrainFactory.GetGrain<IChainGrain>(next.ToString(CultureInfo.InvariantCulture)).CountAsync(depth - 1);
    }
}
