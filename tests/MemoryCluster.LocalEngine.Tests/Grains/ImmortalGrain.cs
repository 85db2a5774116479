using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

[KeepAlive]
internal sealed class ImmortalGrain : Grain, IImmortalGrain
{
    private int _touches;

    public Task<int> TouchAsync() => Task.FromResult(_touches == 0 ? _touches = 1 : _touches);
}
