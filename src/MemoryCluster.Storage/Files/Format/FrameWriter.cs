using System.Buffers.Binary;
using MemoryCluster.Shards;

namespace MemoryCluster.Storage.Files.Format;

/// <summary>Builds frames in a buffer of its own, again and again. <see cref="BodyReader"/> has the layout.</summary>
internal sealed class FrameWriter
{
    /// <summary>Buffers above it are given back after use: one large append should not hold its memory for ever.</summary>
    private const int KeptBytesMax = 1 << 20;

    private byte[] _buffer = new byte[4096];
    private int _length = FrameHeader.Bytes;
    private int _mutation;
    private uint _bodyCrc;

    /// <summary>As <see cref="Finish"/> last wrote it.</summary>
    public FrameHeader Header { get; private set; }

    public int BodyLength => _length - FrameHeader.Bytes;

    public ReadOnlySpan<byte> Body => _buffer.AsSpan(FrameHeader.Bytes, BodyLength);

    public void Clear()
    {
        if (_buffer.Length > KeptBytesMax)
            _buffer = new byte[4096];
        _length = FrameHeader.Bytes;
    }

    public void Add(ShardMutation mutation)
    {
        BeginMutation(mutation.Seq, mutation.At.UtcTicks);
        foreach (var write in mutation.Writes)
            AddEntry((EntryKind)write.Kind, write.Key.Value, mutation.Seq, write.Payload.Span, Crc32C.Of(write.Payload.Span));
        if (mutation.Operation is { } operation)
            AddEntry(EntryKind.Operation, operation.Key, operation.At.UtcTicks, operation.Result.Span, Crc32C.Of(operation.Result.Span));
    }

    public void BeginMutation(long seq, long atTicks)
    {
        _mutation = _length;
        var target = Take(BodyReader.MutationBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target, seq);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], atTicks);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], 0);
    }

    public void AddEntry(EntryKind kind, Guid key, long stamp, ReadOnlySpan<byte> payload, uint payloadCrc)
    {
        var target = Take(BodyReader.EntryBytes + payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)kind);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], payloadCrc);
        BinaryPrimitives.WriteInt64LittleEndian(target[12..], stamp);
        key.TryWriteBytes(target[20..], bigEndian: true, out _);
        payload.CopyTo(target[BodyReader.EntryBytes..]);
        CountEntry();
    }

    /// <summary>Ends the body: the costly checksum, on the thread that built it.</summary>
    public void Seal() => _bodyCrc = Crc32C.Of(Body);

    /// <summary>The whole frame, padded, addressed to its segment. <see cref="Seal"/> first.</summary>
    public ReadOnlySpan<byte> Finish(FrameKind kind, long firstSeq, long lastSeq, long epoch, ulong salt)
    {
        Header = new FrameHeader(kind, BodyLength, firstSeq, lastSeq, epoch, _bodyCrc);
        Header.Write(_buffer, salt);
        var padding = Take(Header.Stride - _length);
        padding.Clear();
        _length -= padding.Length;
        return _buffer.AsSpan(0, Header.Stride);
    }

    private void CountEntry()
    {
        var count = _buffer.AsSpan(_mutation + 16);
        BinaryPrimitives.WriteUInt32LittleEndian(count, BinaryPrimitives.ReadUInt32LittleEndian(count) + 1);
    }

    private Span<byte> Take(int length)
    {
        var needed = checked(_length + length);
        if (needed > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(needed, (int)Math.Min(2L * _buffer.Length, Array.MaxLength)));
        var taken = _buffer.AsSpan(_length, length);
        _length = needed;
        return taken;
    }
}
