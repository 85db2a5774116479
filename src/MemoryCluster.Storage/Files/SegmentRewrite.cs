using System.Security.Cryptography;
using MemoryCluster.Storage.Files.Disk;
using MemoryCluster.Storage.Files.Format;

namespace MemoryCluster.Storage.Files;

/// <summary>The next segment: live records, tombstones and operations of the one before, and nothing else of it.</summary>
internal sealed class SegmentRewrite(
    SegmentLog source, StoreIndex index, DateTimeOffset now, Func<SegmentLog, Extent, Exception> damaged, CancellationToken cancellationToken)
{
    /// <summary>A base frame is read whole at opening; of this size it costs little memory and its headers next to nothing.</summary>
    private const int BodyBytesMax = 1 << 20;

    private readonly FrameWriter _writer = new();
    private readonly ulong _salt = NewSalt();
    private byte[] _payload = new byte[4096];

    public StoreIndex Index { get; } = new() { Seq = index.Seq, Epoch = index.Epoch };

    public long End { get; private set; } = SegmentHeader.Bytes;

    public long LastFrame { get; private set; }

    public SegmentHeader Header => new(source.Header.Store, source.Header.Number + 1, _salt, End, index.Seq, index.Epoch);

    public static ulong NewSalt() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    public void Write(IStorageFile target)
    {
        foreach (var (key, slot) in index.Records.OrderBy(slot => slot.Value.Payload.Offset))
            Add(target, EntryKind.Put, key.Value, slot.Seq, slot.Payload);
        foreach (var key in index.Erased)
            Add(target, EntryKind.Erase, key.Value, 0, default);
        foreach (var (key, slot) in index.Operations)
            Add(target, EntryKind.Operation, key, slot.AtTicks, slot.Result);
        Flush(target);
        WriteHeader(target);
    }

    private void Add(IStorageFile target, EntryKind kind, Guid key, long stamp, Extent payload)
    {
        if (_writer.BodyLength == 0)
            _writer.BeginMutation(index.Seq, now.UtcTicks);
        _writer.AddEntry(kind, key, stamp, Read(payload), payload.Crc);
        if (_writer.BodyLength >= BodyBytesMax)
            Flush(target);
    }

    private ReadOnlySpan<byte> Read(Extent extent)
    {
        if (extent.Length > _payload.Length)
            _payload = new byte[extent.Length];
        var bytes = _payload.AsSpan(0, extent.Length);
        if (extent.Length > 0 && (source.File.Read(bytes, extent.Offset) < bytes.Length || Crc32C.Of(bytes) != extent.Crc))
            throw damaged(source, extent);
        return bytes;
    }

    private void Flush(IStorageFile target)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_writer.BodyLength == 0)
            return;
        _writer.Seal();
        target.Write(_writer.Finish(FrameKind.Base, index.Seq, index.Seq, index.Epoch, _salt), End);
        Index.Apply(_writer.Header, _writer.Body, End + FrameHeader.Bytes);
        LastFrame = End;
        End += _writer.Header.Stride;
        _writer.Clear();
    }

    private void WriteHeader(IStorageFile target)
    {
        Span<byte> bytes = stackalloc byte[SegmentHeader.Bytes];
        Header.Write(bytes);
        target.Write(bytes, 0);
    }
}
