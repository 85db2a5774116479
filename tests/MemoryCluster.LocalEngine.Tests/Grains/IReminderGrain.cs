using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

public interface IReminderGrain : IGrainWithStringKey
{
    Task RegisterAsync(string name, TimeSpan dueTime, TimeSpan period);

    Task UnregisterAsync(string name);

    Task<string[]> NamesAsync();

    Task EndAsync();
}
