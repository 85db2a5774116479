using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace MemoryCluster.LocalEngine.Tests.Grains;

/// <summary>Takes up its subscription to "lasting" again in every life.</summary>
internal sealed class ListenerGrain(Log log) : Grain, IListenerGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var handle in await StreamOf("lasting").GetAllSubscriptionHandles())
        {
            await handle.ResumeAsync(HearAsync);
        }
    }

    public Task ListenAsync(string stream) => StreamOf(stream).SubscribeAsync(HearAsync);

    public async Task StopAsync(string stream)
    {
        foreach (var handle in await StreamOf(stream).GetAllSubscriptionHandles())
        {
            await handle.UnsubscribeAsync();
        }
    }

    public Task SendAsync(string stream, string text) => StreamOf(stream).OnNextAsync(new Note(text));

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private IAsyncStream<Note> StreamOf(string stream) => this.GetStreamProvider("notes").GetStream<Note>(StreamId.Create("tests", stream));

    private Task HearAsync(Note note, StreamSequenceToken? token)
    {
        log.Add($"{this.GetPrimaryKeyString()} heard {note.Text}");
        return Task.CompletedTask;
    }
}
