using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

internal class TurnGrain(Log log) : Grain, ITurnGrain
{
    public Task WriteAsync(string door) => PassAsync("write", door);

    public Task ReadAsync(string door) => PassAsync("read", door);

    public Task InterleaveAsync(string door) => PassAsync("interleave", door);

    public Task TellAsync(string door) => PassAsync("tell", door);

    private async Task PassAsync(string what, string door)
    {
        log.Add($"{what} {door} began");
        await log.PassAsync(door);
        log.Add($"{what} {door} ended");
    }
}
