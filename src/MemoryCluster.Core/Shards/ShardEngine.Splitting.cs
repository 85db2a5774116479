using MemoryCluster.Admission;
using MemoryCluster.Forgetting;
using MemoryCluster.Records;
using MemoryCluster.Shards.Splitting;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <content>How a shard becomes two: it hands over all that it has while it serves, and then, in one moment, its range.</content>
public sealed partial class ShardEngine
{
    // Records of a part: two megabytes of the usual ones, and with the contract's longest texts still within a message.
    private const int TransferRecords = 256;
    private const int TransferOperations = 2_000;

    // What may change while the rest is handed over with writes held up: less than a part.
    private const int LastPartMax = 128;

    // So many catch-ups a writer can outrun; then what is left is handed over with writes held up, however much it is.
    private const int CatchUpsMax = 50;

    // Room for every write that is made while a shard is split: some million a second, for minutes.
    private const long SeqGap = 1L << 32;

    private ShardSplit? _split;
    private long _watermarkAdopted = -1;
    private int _adopted = -1;

    /// <summary>Which owner of the store this is.</summary>
    public long Epoch => _store.Epoch;

    /// <summary>How many memories there are.</summary>
    public int Count => _state.Count;

    /// <summary>The last write.</summary>
    public long Seq => _store.Seq;

    /// <summary>Confirms that no later owner has the store.</summary>
    public ValueTask ConfirmCurrentAsync(CancellationToken cancellationToken) => _writer.ConfirmCurrentAsync(cancellationToken);

    /// <summary>
    /// Hands everything over to two other shards, part by part, and goes on serving; then holds up writes for the last part and reads for the moment in
    /// which it is completed. True where that succeeded: from then on this engine refuses everything with code <c>shard_split</c>. False, or
    /// a fault, where it did not: it goes on as if nothing had been. A fault of <paramref name="complete"/> leaves open which, so the engine fails.
    /// </summary>
    /// <param name="shard">This shard, for the refusals.</param>
    /// <param name="split">The attempt, whose epoch was confirmed after it was begun.</param>
    /// <param name="send">Sends a part to the shard of a number; returns the epoch of the owner that took it.</param>
    /// <param name="complete">Lets the two take over; false where another attempt is under way.</param>
    public async Task<bool> SplitAsync(
        ShardId shard, PartitionSplit split, Func<int, PartitionTransfer, Task<long>> send, Func<Task<bool>> complete, CancellationToken cancellationToken)
    {
        // Nothing is consolidated meanwhile: what is related goes together, and relations may not change.
        var (before, own) = (_lastPass, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _lastPass = own.Task;
        await before;
        try
        {
            await _writer.RunBetweenAsync(async () =>
            {
                _split = new ShardSplit(_state, split.Middle, _operations.Export(), await _store.ReadErasedAsync(cancellationToken));
                _writer.Appended = _split.Note;
            });
            var sending = new SplitSending(_split!, _store, _store.Seq + SeqGap, split, send);
            var partsMax = CatchUpsMax + (_split!.Remaining / LastPartMax);
            for (var parts = 0; _split.Remaining > LastPartMax && parts < partsMax; parts++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                SplitPart? part = null;
                await _writer.RunBetweenAsync(async () => part = await sending.TakeAsync(TransferRecords, TransferOperations));
                await sending.SendAsync(part!);
            }

            var isDone = false;
            await _writer.RunBetweenAsync(async () => isDone = await FinishAsync(shard, sending, complete));
            return isDone;
        }
        finally
        {
            (_split, _writer.Appended) = (null, null);
            own.SetResult();
        }
    }

    /// <summary>Takes a part of what another shard hands over. Returns which owner took it, who alone takes the rest.</summary>
    /// <exception cref="MemoryClusterException">
    /// <see cref="MemoryFault.Conflict"/>, code <c>transfer_refused</c>: another owner took the parts before.
    /// </exception>
    public Task<long> AdoptAsync(PartitionTransfer transfer, CancellationToken cancellationToken) => _writer.SubmitAsync<long>(
        batch =>
        {
            if (!batch.IsEmpty)
            {
                return new Step<long>.Wait();
            }

            if (transfer.Number <= _adopted)
            {
                return new Step<long>.Answer(Epoch);
            }

            var isNext = transfer.Number == 0 ? _store.Seq == 0 : transfer.Receiver == Epoch && transfer.Number == _adopted + 1;
            if (!isNext)
            {
                throw new MemoryClusterException(
                    MemoryFault.Conflict,
                    $"Part {transfer.Number} of a split was refused: this owner of the shard has taken {_adopted + 1} parts. The split begins anew.",
                    code: "transfer_refused");
            }

            var mutations = AdoptedMutations.Of(transfer, _store.Seq == 0 ? transfer.FirstSeq : _store.Seq + 1, batch.At);
            return new Step<long>.Write(mutations, () => Adopt(transfer), Epoch);
        },
        cancellationToken);

    /// <summary>Begins to serve what was adopted.</summary>
    public void BeginServing()
    {
        _state.WeighStanding();
        if (_watermarkAdopted >= 0)
        {
            _state.Due.Load(_watermarkAdopted, _state.Entries.Select(entry => entry.Record));
        }
    }

    /// <summary>For each candidate, whether it belongs here whatever its placement.</summary>
    public async Task<ImmutableArray<RememberClaim>> ClaimAsync(ImmutableArray<RememberCommand> commands, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return [.. commands.Select(command => command.Operation is { } operation && _operations.IsKnown(operation) ? RememberClaim.Operation
            : _remember.IsDuplicate(command, _policy) ? RememberClaim.Duplicate : RememberClaim.None)];
    }

    private async Task<bool> FinishAsync(ShardId shard, SplitSending sending, Func<Task<bool>> complete)
    {
        while (sending.Remaining > 0)
        {
            await sending.SendAsync(await sending.TakeAsync(TransferRecords, TransferOperations));
        }

        await sending.SendNotesAsync([.. _recalls.Export()]);
        if (_store.Seq >= sending.FirstSeq)
        {
            return false;
        }

        _writer.Withhold();
        MemoryClusterException? failure = null;
        try
        {
            var isDone = await complete();
            failure = isDone ? PartitionFaults.OfSplit(shard) : null;
            return isDone;
        }
        catch (Exception cause)
        {
            failure = new MemoryClusterException(
                MemoryFault.ShardUnavailable, $"Whether shard {shard} was split is not known: {cause.Message} The next owner looks. Ask again.", cause);
            throw;
        }
        finally
        {
            _writer.Release(failure);
        }
    }

    private void Adopt(PartitionTransfer transfer)
    {
        foreach (var record in AdoptedMutations.InOrder(transfer.Records))
        {
            Adopt(record);
        }

        foreach (var operation in transfer.Operations)
        {
            _outcome.Load(_operations.Load(new OperationEntry(operation.Key, operation.At, operation.Result)));
        }

        foreach (var note in transfer.Notes)
        {
            _recalls.Add(note);
        }

        _adopted = transfer.Number;
    }

    private void Adopt(TransferredRecord record)
    {
        if (record.Payload.IsEmpty)
        {
            _state.Remove(new MemoryId(record.Key));
        }
        else if (new RecordKey(record.Key) == WatermarkCodec.Key)
        {
            _watermarkAdopted = WatermarkCodec.Decode(record.Payload);
        }
        else if (ClosedRunCodec.Is(record.Payload))
        {
            _state.ClosedRuns.Add(ClosedRunCodec.Decode(record.Payload));
        }
        else if (EndedConsolidationCodec.Is(record.Payload))
        {
            _state.Ended.Add(EndedConsolidationCodec.Decode(record.Payload));
        }
        else if (UtilityCodec.Is(record.Payload))
        {
            var (id, utility) = UtilityCodec.Decode(record.Payload);
            _state.Credit(id, utility);
        }
        else
        {
            var (memory, embedding) = RecordCodec.Decode(record.Payload);
            var bits = ForgettingRules.BitsOf(memory, _policy.Forgetting, _clock.GetUtcNow());
            _state.Put(memory, embedding, DuplicateKeys.Of(memory), bits);
        }
    }
}
