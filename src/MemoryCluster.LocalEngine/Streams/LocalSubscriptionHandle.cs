using Orleans.Runtime;
using Orleans.Streams;

namespace MemoryCluster.LocalEngine.Streams;

internal sealed class LocalSubscriptionHandle<T>(StreamHub hub, LocalStream<T> stream, Subscription subscription) : StreamSubscriptionHandle<T>
{
    public override StreamId StreamId => stream.StreamId;

    public override string ProviderName => stream.ProviderName;

    public override Guid HandleId => subscription.HandleId;

    public override Task UnsubscribeAsync()
    {
        hub.Remove(ProviderName, StreamId, subscription);
        return Task.CompletedTask;
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        subscription.Attach(observer);
        return Task.FromResult<StreamSubscriptionHandle<T>>(this);
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == HandleId;
}
