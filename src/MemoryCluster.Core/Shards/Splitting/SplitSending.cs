using MemoryCluster.Records;

namespace MemoryCluster.Shards.Splitting;

/// <summary>Reads parts of a split from the store, and sends them in order.</summary>
internal sealed class SplitSending(
    ShardSplit split, IShardStore store, long firstSeq, PartitionSplit attempt, Func<int, PartitionTransfer, Task<long>> send)
{
    private readonly Dictionary<int, (long Receiver, int Next)> _receivers = [];

    public long FirstSeq => firstSeq;

    public int Remaining => split.Remaining;

    /// <summary>The next part, as it is stored; to be called between two appends.</summary>
    public async ValueTask<SplitPart> TakeAsync(int records, int operations)
    {
        var lower = ImmutableArray.CreateBuilder<TransferredRecord>();
        var upper = ImmutableArray.CreateBuilder<TransferredRecord>();
        var first = split.NextKeys(records);
        var changes = split.NextChanges(records - Math.Min(first.Count, records - 2));
        RecordKey[] keys = [.. first, .. changes.Select(change => change.Key)];
        var erased = changes.Where(change => change.IsErased).Select(change => change.Key).ToHashSet();
        var changed = changes.Select(change => change.Key).ToHashSet();
        var read = await store.ReadAsync([.. keys.Distinct()], CancellationToken.None);
        var stored = read.OfType<StoredRecord>().ToDictionary(record => record.Key);
        foreach (var key in keys.Distinct())
        {
            if (stored.TryGetValue(key, out var record))
            {
                Take(record, stored);
            }
            else if (changed.Contains(key))
            {
                // Which of the two had it nobody needs to know.
                var gone = new TransferredRecord(key.Value, default, erased.Contains(key));
                lower.Add(gone);
                upper.Add(gone);
            }
        }

        var answered = split.NextOperations(operations).Select(operation => new TransferredOperation(operation.Key, operation.At, operation.Result));
        return new SplitPart(lower.ToImmutable(), upper.ToImmutable(), [.. answered]);

        void Take(StoredRecord record, Dictionary<RecordKey, StoredRecord> all)
        {
            // Counters that were written before their memory hold no more, and would behind it.
            if (UtilityCodec.Is(record.Payload) && all.TryGetValue(RecordCodec.KeyOf(UtilityCodec.Decode(record.Payload).Id), out var memory)
                && memory.Seq >= record.Seq)
            {
                return;
            }

            var (toLower, toUpper) = split.SidesOf(record.Key, record.Payload);
            var transferred = new TransferredRecord(record.Key.Value, record.Payload, IsErased: false);
            if (toLower)
            {
                lower.Add(transferred);
            }

            if (toUpper)
            {
                upper.Add(transferred);
            }
        }
    }

    public async Task SendAsync(SplitPart part)
    {
        await SendAsync(attempt.Lower, part.Lower, part.Operations, []);
        await SendAsync(attempt.Upper, part.Upper, part.Operations, []);
    }

    /// <summary>Recalls are remembered by a team's first shard, which is the lower of the two.</summary>
    public Task SendNotesAsync(ImmutableArray<RecallNote> notes) => SendAsync(attempt.Lower, [], [], notes);

    private async Task SendAsync(
        int partition, ImmutableArray<TransferredRecord> records, ImmutableArray<TransferredOperation> operations, ImmutableArray<RecallNote> notes)
    {
        var (receiver, next) = _receivers.GetValueOrDefault(partition);
        var taken = await send(partition, new PartitionTransfer
        {
            Epoch = attempt.Epoch, Receiver = receiver, Number = next, FirstSeq = firstSeq, Records = records, Operations = operations, Notes = notes,
        });
        _receivers[partition] = (taken, next + 1);
    }
}
