using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

public interface IStateGrain : IGrainWithStringKey
{
    Task<string> ReadAsync();

    Task WriteAsync(string text);

    /// <summary>Changes what the grain holds without writing it.</summary>
    Task ScribbleAsync(string text);

    Task ClearAsync();

    Task EndAsync();
}
