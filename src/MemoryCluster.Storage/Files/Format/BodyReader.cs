using System.Buffers.Binary;

namespace MemoryCluster.Storage.Files.Format;

/// <summary>Walks a frame's body, entry by entry.</summary>
/// <remarks>
/// <code>
///  body     = mutation*
///  mutation = | seq 8 | at, UTC ticks 8 | entries 4 | 0 4 | entry*
///  entry    = | kind 1 | 0 3 | payload length 4 | payload crc 4 | stamp 8 | key 16, big-endian | payload
/// </code>
/// A base frame's body is one mutation, whose entries bear their own sequence numbers.
/// </remarks>
internal ref struct BodyReader(ReadOnlySpan<byte> body)
{
    public const int MutationBytes = 24;
    public const int EntryBytes = 36;

    private readonly ReadOnlySpan<byte> _body = body;
    private int _position;
    private uint _entriesLeft;

    /// <summary>Mutations begun so far.</summary>
    public long Mutations { get; private set; }

    /// <returns>False at the body's end.</returns>
    /// <exception cref="InvalidDataException">The body was written wrongly: its checksum held.</exception>
    public bool TryNext(out Entry entry)
    {
        entry = default;
        while (_entriesLeft == 0)
        {
            if (_position == _body.Length)
                return false;
            _entriesLeft = BinaryPrimitives.ReadUInt32LittleEndian(Take(MutationBytes)[16..]);
            Mutations++;
        }

        _entriesLeft--;
        entry = Read(Take(EntryBytes));
        Take(entry.PayloadLength);
        return true;
    }

    private readonly Entry Read(ReadOnlySpan<byte> source) => new(
        (EntryKind)source[0],
        new Guid(source[20..36], bigEndian: true),
        BinaryPrimitives.ReadInt64LittleEndian(source[12..]),
        _position,
        BinaryPrimitives.ReadInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[8..]));

    private ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)(_body.Length - _position))
            throw new InvalidDataException($"{length} bytes expected at {_position} of a body of {_body.Length}.");
        var taken = _body.Slice(_position, length);
        _position += length;
        return taken;
    }
}
