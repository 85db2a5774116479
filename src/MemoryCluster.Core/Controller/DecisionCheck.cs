using MemoryCluster.Shards;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Controller;

/// <summary>
/// Reads a controller's log from its beginning and decides on every run anew, with nothing but what the log held before it: what comes out
/// must be what was written, byte for byte.
/// </summary>
public sealed class DecisionCheck
{
    private readonly ControllerState _state;
    private readonly RunWork _runs;
    private readonly Dictionary<RecordKey, StoredControllerRecord> _records = [];

    /// <param name="options">Those of the controller.</param>
    /// <param name="clock">Only asked for the age of idempotency keys, which decide nothing here.</param>
    public DecisionCheck(ControllerEngineOptions options, TimeProvider clock)
    {
        _state = new ControllerState(options.FirstGate);
        _runs = new RunWork(_state, options, new MemoryIds(options.TeamNumber, new Random(0)), new OperationLedger(clock), new ReplayAccess(options));
    }

    /// <summary>Runs decided anew so far.</summary>
    public int Runs { get; private set; }

    /// <summary>Takes the next mutation of the log.</summary>
    /// <param name="mutation">It, as it became durable.</param>
    /// <param name="directory">The directory that it was decided under.</param>
    /// <returns>What differs; empty where the same came out, or where the mutation holds no new run.</returns>
    public ImmutableArray<string> Take(ShardMutation mutation, DirectorySnapshot directory)
    {
        var run = mutation.Writes.Where(write => write.Kind == WriteKind.Put).Select(write => StoredControllerRecord.Decode(write.Payload).Run)
            .FirstOrDefault(run => run is not null && _state.Find(run.Id) is null);
        var differences = run is null ? [] : Differences(run, mutation, directory);
        foreach (var write in mutation.Writes)
        {
            Apply(write);
        }

        return differences;
    }

    private ImmutableArray<string> Differences(RunRecord run, ShardMutation mutation, DirectorySnapshot directory)
    {
        Runs++;
        if (_runs.Decide(run, directory, null, new PendingBatch(mutation.Seq - 1, mutation.At)) is not Step<RunId>.Write { Mutations: [var again] })
        {
            return [$"Run {run.Id} was kept, and is not kept again."];
        }

        var differences = ImmutableArray.CreateBuilder<string>();
        if (again.Writes.Length != mutation.Writes.Length)
        {
            differences.Add($"Run {run.Id} made {mutation.Writes.Length} writes, and makes {again.Writes.Length}.");
        }

        foreach (var (before, after) in mutation.Writes.Zip(again.Writes))
        {
            if (before.Kind != after.Kind || before.Key != after.Key || !before.Payload.Span.SequenceEqual(after.Payload.Span))
            {
                differences.Add($"Run {run.Id}, {before.Kind} of {before.Key}: {TextOf(before)} was written, and now {after.Kind} of {after.Key}: {TextOf(after)}");
            }
        }

        return differences.ToImmutable();
    }

    private void Apply(RecordWrite write)
    {
        if (write.Kind != WriteKind.Put)
        {
            if (_records.Remove(write.Key, out var gone))
            {
                Remove(gone);
            }

            return;
        }

        var record = StoredControllerRecord.Decode(write.Payload);
        _records[write.Key] = record;
        _state.Put(record);
    }

    private void Remove(StoredControllerRecord gone)
    {
        if (gone.Run is { } run)
        {
            _state.Remove(run.Id);
        }

        if (gone.Candidate is { } candidate)
        {
            _state.Remove(candidate.Decision.Id);
        }

        if (gone.Copy is { } copy)
        {
            _state.Remove(copy);
        }
    }

    private static string TextOf(RecordWrite write) => System.Text.Encoding.UTF8.GetString(write.Payload.Span);
}
