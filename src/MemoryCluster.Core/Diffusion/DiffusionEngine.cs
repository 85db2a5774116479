using System.Text.Json;
using MemoryCluster.Records;
using MemoryCluster.Shards;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Diffusion;

/// <summary>A team's ledger of offers, durable before anything is sent: after a crash the next pass sees what must still be done.</summary>
/// <remarks>Not thread-safe: one turn at a time; awaiting calls may interleave.</remarks>
public sealed class DiffusionEngine : IAsyncDisposable
{
    private readonly Dictionary<(MemoryId Source, TeamId To), DiffusionEntry> _entries = [];
    private readonly IShardStore _store;
    private readonly TimeProvider _clock;
    private readonly StoreWriter _writer;

    private DiffusionEngine(IShardStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        _writer = new StoreWriter(store, clock);
    }

    /// <summary>Whether this owner was fenced or lost track of what is durable: close it and open anew.</summary>
    public bool HasFailed => _writer.Failure is not null;

    /// <summary>The ledger, in no order.</summary>
    public IReadOnlyCollection<DiffusionEntry> Entries => _entries.Values;

    /// <summary>Takes the ledger's store and loads it.</summary>
    public static async Task<DiffusionEngine> OpenAsync(
        TenantId tenant, TeamId team, IShardStores stores, TimeProvider clock, CancellationToken cancellationToken)
    {
        var store = await stores.OpenAsync(StoreId.ForDiffusion(tenant, team), cancellationToken);
        var engine = new DiffusionEngine(store, clock);
        try
        {
            await foreach (var stored in store.ReadRecordsAsync(cancellationToken))
            {
                engine.Take(Decode(stored.Payload));
            }

            return engine;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the ledger says of a memory and a team; null where nothing.</summary>
    public DiffusionEntry? Find(MemoryId source, TeamId to) => _entries.GetValueOrDefault((source, to));

    /// <summary>Confirms that what was read here was current while the request was open.</summary>
    public ValueTask ConfirmCurrentAsync(CancellationToken cancellationToken) => _writer.ConfirmCurrentAsync(cancellationToken);

    /// <summary>
    /// Changes lines of the ledger, all at once, and returns those that changed when they are durable. A line that stands otherwise by now than it
    /// was when its change was decided stays as it is.
    /// </summary>
    public async Task<IReadOnlyList<DiffusionEntry>> ChangeAsync(
        IReadOnlyCollection<(DiffusionEntry? Before, DiffusionEntry After)> changes, CancellationToken cancellationToken) => changes.Count == 0
        ? []
        : await _writer.SubmitAsync(batch => Decide(changes, batch), cancellationToken);

    /// <summary>Lets the store compact and drop what has expired, between two appends.</summary>
    public Task MaintainAsync() => _writer.MaintainAsync(_clock.GetUtcNow() - OperationEntry.Lifetime);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <summary>What is wrong with a ledger's records; empty where nothing is.</summary>
    public static IReadOnlyList<string> Verify(IEnumerable<StoredRecord> records)
    {
        var problems = new List<string>();
        foreach (var stored in records)
        {
            try
            {
                if (KeyOf(Decode(stored.Payload)) != stored.Key)
                {
                    problems.Add($"Ledger record {stored.Key} stands under a key that is not its own.");
                }
            }
            catch (Exception fault) when (fault is MemoryClusterException or JsonException or FormatException)
            {
                problems.Add($"Ledger record {stored.Key} cannot be read: {fault.Message}");
            }
        }

        return problems;
    }

    private Step<IReadOnlyList<DiffusionEntry>> Decide(IReadOnlyCollection<(DiffusionEntry? Before, DiffusionEntry After)> changes, PendingBatch batch)
    {
        if (changes.Any(change => batch.Touches(KeyOf(change.After).Value)))
        {
            return new Step<IReadOnlyList<DiffusionEntry>>.Wait();
        }

        var changed = changes.Where(change => Find(change.After.Source, change.After.To) == change.Before).Select(change => change.After).ToArray();
        var writes = changed.Select(entry => RecordWrite.Put(KeyOf(entry), Encode(entry)));
        return changed.Length == 0
            ? new Step<IReadOnlyList<DiffusionEntry>>.Answer([])
            : new Step<IReadOnlyList<DiffusionEntry>>.Write(
                [new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = [.. writes] }], () => Array.ForEach(changed, Take), changed);
    }

    private void Take(DiffusionEntry entry) => _entries[(entry.Source, entry.To)] = entry;

    private static RecordKey KeyOf(DiffusionEntry entry) => new(Hash128.Of("diffusion", entry.Source.ToString(), entry.To.Value));

    private static byte[] Encode(DiffusionEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, StoredJson.Instance.DiffusionEntry);

    private static DiffusionEntry Decode(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span, StoredJson.Instance.DiffusionEntry)
        ?? throw new MemoryClusterException(MemoryFault.StoreCorrupt, "A ledger's record is null.");
}
