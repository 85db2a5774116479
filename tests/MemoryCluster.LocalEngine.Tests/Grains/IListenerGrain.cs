using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

public interface IListenerGrain : IGrainWithStringKey
{
    Task ListenAsync(string stream);

    Task StopAsync(string stream);

    Task SendAsync(string stream, string text);

    Task EndAsync();
}
