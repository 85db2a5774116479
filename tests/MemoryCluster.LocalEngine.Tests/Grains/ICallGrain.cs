using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

public interface ICallGrain : IGrainWithStringKey
{
    Task<Note> EchoAsync(Note note, int number, TimeSpan span);

    ValueTask<int> AddAsync(int left, int right);

    ValueTask<int> AddAsync(int left, int middle, int right);

    ValueTask NothingAsync();

    Task FailAtOnceAsync();

    Task FailLaterAsync();

    Task WaitAsync(CancellationToken cancellationToken);

    [ResponseTimeout("00:00:02")]
    Task WaitBrieflyAsync(CancellationToken cancellationToken);

    Task<string?> ContextAsync(string key);

    Task<string?> ContextOfNextAsync(string key);
}
