using MemoryCluster.LocalEngine.Streams;

namespace MemoryCluster.LocalEngine.Runtime;

internal sealed partial class Activation
{
    // Touched only in turns.
    private Dictionary<Subscription, object>? _observers;

    public void Attach(Subscription subscription, object observer) => (_observers ??= [])[subscription] = observer;

    public object? ObserverOf(Subscription subscription) => _observers?.GetValueOrDefault(subscription);
}
