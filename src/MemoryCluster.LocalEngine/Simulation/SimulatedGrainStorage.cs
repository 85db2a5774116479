using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>A grain storage that takes its time and fails as the run's <see cref="StoreFaults"/> say. Its operations are whole or not at all.</summary>
public sealed class SimulatedGrainStorage(IGrainStorage storage, SimulatedStoreFaults faults) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        RunAsync($"read {stateName}", grainState, copy => storage.ReadStateAsync(stateName, grainId, copy));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        RunAsync($"write {stateName}", grainState, copy => storage.WriteStateAsync(stateName, grainId, copy));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        RunAsync($"clear {stateName}", grainState, copy => storage.ClearStateAsync(stateName, grainId, copy));

    private async Task RunAsync<T>(string operation, IGrainState<T> grainState, Func<GrainState<T>, Task> run)
    {
        var outcome = await faults.BeforeAsync(operation);
        if (outcome == StoreOutcome.FailBefore)
        {
            throw new IOException($"Simulated: {operation} failed and did nothing.");
        }

        // The caller learns the new etag only from an answer, so what fails after its effect leaves it with the old one.
        var copy = new GrainState<T>(grainState.State, grainState.ETag) { RecordExists = grainState.RecordExists };
        await run(copy);
        await faults.AfterAsync(operation);
        if (outcome != StoreOutcome.Ok)
        {
            throw new IOException($"Simulated: {operation} took effect, but its answer was lost.");
        }

        (grainState.State, grainState.ETag, grainState.RecordExists) = (copy.State, copy.ETag, copy.RecordExists);
    }
}
