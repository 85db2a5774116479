using MemoryCluster.LocalEngine.Runtime;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.LocalEngine.Streams;

/// <summary>One subscription. A grain's observer dies with its activation, and a new one must be attached (ResumeAsync); a client's stays.</summary>
internal sealed class Subscription(Guid handleId, TurnContext? subscriber)
{
    private object? _clientObserver;

    public Guid HandleId { get; } = handleId;

    public Consumer? Consumer { get; } = subscriber is Activation activation ? new Consumer(activation.GrainClass, activation.GrainId) : null;

    public void Attach(object observer)
    {
        if (SynchronizationContext.Current is Activation current)
        {
            current.Attach(this, observer);
        }
        else
        {
            _clientObserver = observer;
        }
    }

    /// <summary>Delivers to the observer of the activation whose turn this is. An activation that has not resumed lets the item pass.</summary>
    public Task DeliverAsync(Func<object, Task> deliver) =>
        ((Activation)SynchronizationContext.Current!).ObserverOf(this) is { } observer ? deliver(observer) : Task.CompletedTask;

    public void Post(ILogger logger, Func<object, Task> deliver)
    {
        if (subscriber is not null)
        {
            subscriber.Post(_ => Start(), null);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static start => start(), Start, preferLocal: false);
        }

        async void Start()
        {
            try
            {
                await deliver(_clientObserver!);
            }
#pragma warning disable CA1031 // The edge of the subscriber: one that fails does not stop the stream.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.LogTickFailed("A stream observer", HandleId.ToString(), "a client", exception);
            }
        }
    }
}
