using MemoryCluster.LocalEngine.Proxies;
using MemoryCluster.LocalEngine.Runtime;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Streams;

/// <summary>Who subscribed to what. Items are hints: delivered at most once, to whoever is there, without waiting for anybody.</summary>
internal sealed class StreamHub(Cluster cluster)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Provider, StreamId Stream), List<Subscription>> _subscriptions = [];
    private int _lastHandle;
    private long _lastSequence;

    public long NextSequence() => Interlocked.Increment(ref _lastSequence);

    public Subscription Add(string provider, StreamId stream, object observer)
    {
        lock (_gate)
        {
            var subscription = new Subscription(new Guid(++_lastHandle, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), SynchronizationContext.Current as TurnContext);
            if (!_subscriptions.TryGetValue((provider, stream), out var list))
            {
                _subscriptions[(provider, stream)] = list = [];
            }

            list.Add(subscription);
            subscription.Attach(observer);
            return subscription;
        }
    }

    public void Remove(string provider, StreamId stream, Subscription subscription)
    {
        lock (_gate)
        {
            if (_subscriptions.TryGetValue((provider, stream), out var list) && list.Remove(subscription) && list.Count == 0)
            {
                _subscriptions.Remove((provider, stream));
            }
        }
    }

    /// <summary>The subscriptions of the calling grain; a client sees those of clients.</summary>
    public Subscription[] OfCaller(string provider, StreamId stream)
    {
        var caller = (RuntimeContext.Current as Activation)?.GrainId;
        return [.. Of(provider, stream).Where(subscription => subscription.Consumer?.GrainId == caller)];
    }

    public void Publish(string provider, StreamId stream, Func<object, Task> deliver)
    {
        foreach (var subscription in Of(provider, stream))
        {
            if (subscription.Consumer is { } consumer)
            {
                Send(consumer, subscription, deliver);
            }
            else
            {
                subscription.Post(cluster.Logger, deliver);
            }
        }
    }

    private Subscription[] Of(string provider, StreamId stream)
    {
        lock (_gate)
        {
            return _subscriptions.TryGetValue((provider, stream), out var list) ? [.. list] : [];
        }
    }

    // A message like any other: it finds the grain wherever it lives now, and waits for its turn.
    private void Send(Consumer consumer, Subscription subscription, Func<object, Task> deliver)
    {
        var invocation = new OwnInvocation(OwnInvocation.ReceiveFromStream, () => subscription.DeliverAsync(deliver), keepsAlive: true);
        cluster.Scheduler.Send(new Call<VoidResult>(cluster, consumer.GrainClass, consumer.GrainId, invocation)
        {
            Source = SynchronizationContext.Current as TurnContext,
        });
    }
}
