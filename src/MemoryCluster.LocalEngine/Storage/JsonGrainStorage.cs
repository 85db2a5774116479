using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace MemoryCluster.LocalEngine.Storage;

/// <summary>States as JSON under etags that count writes. What an activation holds is never what the storage holds.</summary>
public abstract class JsonGrainStorage : IGrainStorage
{
    private readonly Lock _gate = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            Show(Find(stateName, grainId), grainState);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Replace(stateName, grainId, grainState, JsonSerializer.SerializeToElement(grainState.State));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Replace(stateName, grainId, grainState, state: null);

    private protected abstract StoredState? Find(string stateName, GrainId grainId);

    private protected abstract void Keep(string stateName, GrainId grainId, StoredState state);

    private Task Replace<T>(string stateName, GrainId grainId, IGrainState<T> grainState, JsonElement? state)
    {
        lock (_gate)
        {
            var stored = Find(stateName, grainId);
            if (grainState.ETag != ETagOf(stored))
            {
                return Task.FromException(new InconsistentStateException(
                    $"State '{stateName}' of {grainId} was written by another activation: this one read etag {grainState.ETag ?? "none"}, the storage has {ETagOf(stored) ?? "none"}.",
                    ETagOf(stored),
                    grainState.ETag));
            }

            var next = new StoredState((stored?.ETag ?? 0) + 1, state);
            Keep(stateName, grainId, next);
            grainState.ETag = ETagOf(next);
            grainState.RecordExists = state is not null;
            if (state is null)
            {
                grainState.State = Activator.CreateInstance<T>();
            }
        }

        return Task.CompletedTask;
    }

    private static void Show<T>(StoredState? stored, IGrainState<T> grainState)
    {
        grainState.ETag = ETagOf(stored);
        grainState.RecordExists = stored?.State is not null;
        grainState.State = stored?.State is { } state ? state.Deserialize<T>() : Activator.CreateInstance<T>();
    }

    private static string? ETagOf(StoredState? stored) => stored?.ETag.ToString(CultureInfo.InvariantCulture);
}
