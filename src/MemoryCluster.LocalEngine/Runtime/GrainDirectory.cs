using System.Collections.Concurrent;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>Where every grain lives. At most one activation of a grain is here at a time; silos that were declared dead may still run others.</summary>
internal sealed class GrainDirectory
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly Lock _gate = new();

    public bool TryFind(GrainId grainId, out Activation activation) => _activations.TryGetValue(grainId, out activation!);

    /// <summary>The grain's activation, made by <paramref name="create"/> where there is none.</summary>
    public Activation FindOrAdd(GrainId grainId, Func<Activation> create)
    {
        lock (_gate)
        {
            return TryFind(grainId, out var activation) ? activation : _activations[grainId] = create();
        }
    }

    /// <summary>Forgets exactly this activation: a successor stays.</summary>
    public void Remove(Activation activation) => _activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation));
}
