using MemoryCluster.Storage.Files.Disk;
using MemoryCluster.Storage.Files.Format;

namespace MemoryCluster.Storage.Files;

/// <summary>Reads a segment frame by frame into an index, and judges where and why it ends.</summary>
/// <remarks>
/// One append is one frame and the next begins after the last was synced, so at most one frame can be torn, and nothing lies behind
/// it. A broken frame with a later one behind it is therefore damage, never a crash, and is refused.
/// </remarks>
internal sealed class SegmentScan
{
    private const int WindowBytes = 1 << 20;

    private readonly IStorageFile _file;
    private readonly SegmentHeader _header;
    private readonly long _length;
    private byte[] _window = new byte[WindowBytes];
    private long _windowStart;
    private int _windowLength;

    public SegmentScan(IStorageFile file)
    {
        _file = file;
        _length = file.Length;
        _header = ReadHeader();
        Index.Seq = _header.BaseSeq;
        Index.Epoch = _header.BaseEpoch;
    }

    /// <summary>Resumes where a snapshot ends.</summary>
    public SegmentScan(IStorageFile file, SegmentHeader header, IndexSnapshot snapshot)
    {
        _file = file;
        _length = file.Length;
        _header = header;
        Index = snapshot.Index;
        End = snapshot.SegmentEnd;
        LastFrame = snapshot.LastFrame;
    }

    public SegmentHeader Header => _header;

    public StoreIndex Index { get; } = new();

    /// <summary>Behind the last whole frame.</summary>
    public long End { get; private set; } = SegmentHeader.Bytes;

    /// <summary>Where the last whole frame begins; 0 before the first.</summary>
    public long LastFrame { get; private set; }

    /// <summary>Frames read.</summary>
    public long Frames { get; private set; }

    /// <summary>Bytes behind <see cref="End"/> that a broken frame left.</summary>
    public long TornBytes { get; private set; }

    /// <summary>Reads up to <paramref name="limit"/> or the end, whichever comes first.</summary>
    /// <exception cref="CorruptSegmentException">Damage that no crash leaves.</exception>
    public void Run(long limit = long.MaxValue)
    {
        while (End < limit && TryReadFrame(End, out var header, out var body))
        {
            CheckOrder(header);
            Take(header, body);
        }

        if (End >= limit)
            return;
        if (End < _header.BaseEnd)
            throw new CorruptSegmentException($"its rewritten part should reach {_header.BaseEnd} and breaks off at offset {End}");
        CheckTail();
    }

    /// <summary>Whether a whole frame begins at <paramref name="offset"/> and ends at <paramref name="end"/>.</summary>
    public static bool IsFrame(IStorageFile file, SegmentHeader segment, long offset, long end)
    {
        Span<byte> bytes = stackalloc byte[FrameHeader.Bytes];
        var read = file.Read(bytes, offset);
        return FrameHeader.TryRead(bytes[..read], segment.Salt, out var header) && offset + header.Stride == end;
    }

    private SegmentHeader ReadHeader()
    {
        try
        {
            return SegmentHeader.Read(Window(0, SegmentHeader.Bytes));
        }
        catch (InvalidDataException cause)
        {
            throw new CorruptSegmentException(cause.Message, cause);
        }
    }

    private bool TryReadFrame(long offset, out FrameHeader header, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (!FrameHeader.TryRead(Window(offset, FrameHeader.Bytes), _header.Salt, out header))
            return false;
        if (header.BodyLength < 0 || header.BodyLength > _length - offset - FrameHeader.Bytes)
            return false;
        body = Window(offset + FrameHeader.Bytes, header.BodyLength);
        return body.Length == header.BodyLength && Crc32C.Of(body) == header.BodyCrc;
    }

    private void CheckOrder(in FrameHeader header)
    {
        var wrong = header.Kind switch
        {
            FrameKind.Base => End >= _header.BaseEnd || header.LastSeq != _header.BaseSeq || header.Epoch != _header.BaseEpoch,
            FrameKind.Epoch => End < _header.BaseEnd || header.LastSeq != Index.Seq || header.Epoch <= Index.Epoch,
            FrameKind.Mutations => End < _header.BaseEnd || (header.FirstSeq != Index.Seq + 1 && Index.Seq != 0) || header.FirstSeq < 1
                || header.LastSeq < header.FirstSeq || header.Epoch != Index.Epoch,
            FrameKind.Unspecified or _ => true,
        };
        if (wrong)
        {
            throw new CorruptSegmentException(
                $"sequence {Index.Seq} of epoch {Index.Epoch} is followed by a frame '{(char)header.Kind}' of {header.FirstSeq} to "
                + $"{header.LastSeq}, epoch {header.Epoch}, at offset {End}");
        }
    }

    private void Take(in FrameHeader header, ReadOnlySpan<byte> body)
    {
        try
        {
            Index.Apply(header, body, End + FrameHeader.Bytes);
        }
        catch (InvalidDataException cause)
        {
            throw new CorruptSegmentException($"a frame is badly built ({cause.Message}) at offset {End}", cause);
        }

        LastFrame = End;
        // A cut inside the last frame's padding loses nothing; the next frame begins on the boundary all the same.
        End += header.Stride;
        Frames++;
    }

    /// <summary>Behind the end there may be zeros laid out ahead, or one torn frame, and nothing else.</summary>
    private void CheckTail()
    {
        // The torn frame's own header may be whole, so the search for a later one begins behind it.
        for (var offset = End; offset < _length;)
        {
            var window = Window(offset, WindowBytes);
            var last = window.LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
                TornBytes = offset + last + 1 - End;
            FindLaterFrame(window, offset);
            // Windows overlap by a header: one may lie across their border. Only the last is shorter than asked for.
            offset += window.Length < WindowBytes ? window.Length : WindowBytes - FrameHeader.Bytes;
        }
    }

    private void FindLaterFrame(ReadOnlySpan<byte> window, long offset)
    {
        for (var at = offset == End ? FrameHeader.Alignment : 0; at + FrameHeader.Bytes <= window.Length; at += FrameHeader.Alignment)
        {
            var next = window[at..].IndexOfAnyExcept((byte)0);
            if (next < 0)
                return;
            at += next & -FrameHeader.Alignment;
            if (FrameHeader.TryRead(window[at..], _header.Salt, out _))
            {
                throw new CorruptSegmentException(
                    $"the frame at offset {End} fails its checks, and a later one stands at offset {offset + at}");
            }
        }
    }

    /// <summary>Bytes from <paramref name="offset"/>, fewer at the file's end; valid until the next call.</summary>
    private ReadOnlySpan<byte> Window(long offset, int length)
    {
        if (offset < _windowStart || offset + length > _windowStart + _windowLength)
            Fill(offset, length);
        var start = (int)(offset - _windowStart);
        return _window.AsSpan(start, Math.Min(length, Math.Max(0, _windowLength - start)));
    }

    private void Fill(long offset, int length)
    {
        if (length > _window.Length)
            _window = new byte[length];
        _windowStart = offset;
        _windowLength = offset < _length ? _file.Read(_window, offset) : 0;
    }
}
