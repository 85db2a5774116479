using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Storage;

/// <summary>States that last as long as this object; share one among the silos of a simulation.</summary>
public sealed class MemoryGrainStorage : JsonGrainStorage
{
    private readonly Dictionary<(string, GrainId), StoredState> _states = [];

    private protected override StoredState? Find(string stateName, GrainId grainId) => _states.GetValueOrDefault((stateName, grainId));

    private protected override void Keep(string stateName, GrainId grainId, StoredState state) => _states[(stateName, grainId)] = state;
}
