using Orleans.Runtime;
using Orleans.Streams;

namespace MemoryCluster.LocalEngine.Streams;

internal sealed class LocalStream<T>(StreamHub hub, string provider, StreamId streamId) : IAsyncStream<T>
{
    public bool IsRewindable => false;

    public string ProviderName => provider;

    public StreamId StreamId => streamId;

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => SubscribeAsync(observer, token: null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Task.FromResult<StreamSubscriptionHandle<T>>(new LocalSubscriptionHandle<T>(hub, this, hub.Add(provider, streamId, observer)));
    }

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles() => Task.FromResult<IList<StreamSubscriptionHandle<T>>>(
        [.. hub.OfCaller(provider, streamId).Select(subscription => new LocalSubscriptionHandle<T>(hub, this, subscription))]);

    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        token ??= new CountingToken(hub.NextSequence(), 0);
        return Publish(observer => observer.OnNextAsync(item, token));
    }

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        foreach (var item in batch)
        {
            _ = OnNextAsync(item, token);
        }

        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => Publish(observer => observer.OnCompletedAsync());

    public Task OnErrorAsync(Exception ex) => Publish(observer => observer.OnErrorAsync(ex));

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.StreamId == streamId && other.ProviderName == provider;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => streamId.GetHashCode();

    private Task Publish(Func<IAsyncObserver<T>, Task> deliver)
    {
        hub.Publish(provider, streamId, observer => deliver((IAsyncObserver<T>)observer));
        return Task.CompletedTask;
    }
}
