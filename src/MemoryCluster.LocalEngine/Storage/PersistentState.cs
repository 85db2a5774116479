using MemoryCluster.LocalEngine.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace MemoryCluster.LocalEngine.Storage;

/// <summary>A grain's state between its memory and its storage.</summary>
internal sealed class PersistentState<TState>(PersistentStateAttribute attribute, Activation activation) : IPersistentState<TState>, IActivationState
{
    private readonly GrainState<TState> _stored = new(Activator.CreateInstance<TState>());
    private readonly IGrainStorage _storage = FindStorage(activation.ActivationServices, attribute.StorageName);

    public TState State
    {
        get => _stored.State!;
        set => _stored.State = value;
    }

    public string? Etag => _stored.ETag;

    public bool RecordExists => _stored.RecordExists;

    public Task ReadAsync() => ReadStateAsync();

    public Task ReadStateAsync() => _storage.ReadStateAsync(attribute.StateName, activation.GrainId, _stored);

    public Task WriteStateAsync() => _storage.WriteStateAsync(attribute.StateName, activation.GrainId, _stored);

    public Task ClearStateAsync() => _storage.ClearStateAsync(attribute.StateName, activation.GrainId, _stored);

    private static IGrainStorage FindStorage(IServiceProvider services, string? name) =>
        (name is null ? services.GetKeyedService<IGrainStorage>(StateStorageNames.Default) : services.GetKeyedService<IGrainStorage>(name))
            ?? throw new OrleansConfigurationException($"No grain storage is named '{name ?? StateStorageNames.Default}'; call AddMemoryGrainStorage or AddFileGrainStorage.");
}
