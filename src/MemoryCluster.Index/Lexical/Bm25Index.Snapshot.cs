using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MemoryCluster.Index.Lexical;

/// <remarks>
/// <code>
/// | "MCLX" | version u32 | terms' end i32 | per number: term, UTF-8 with its length; empty where none |
/// | documents i32 | per document: ordinal i32, length i32, signature 2 × u64, tokens i32, per token: term i32 | SHA-256 of all before |
/// </code>
/// The file holds what is dear to derive, the terms of every text; postings are built of them again while it is read, so that an index
/// that was loaded is one that was built. k1, b and the shares are not in it: they belong to the index that reads.
/// </remarks>
public sealed partial class Bm25Index
{
    // Also to be raised when texts come to be read otherwise: terms of two analyses must not meet in one index.
    private const uint SnapshotVersion = 1;
    private const int CopyBytes = 1 << 16;

    private static ReadOnlySpan<byte> SnapshotMagic => "MCLX"u8;

    /// <summary>Writes the index's content; it must not change meanwhile.</summary>
    public void Save(Stream target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var hashed = new HashingStream(target, hash))
        using (var buffered = new BufferedStream(hashed, CopyBytes))
        using (var writer = new BinaryWriter(buffered, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(SnapshotMagic);
            writer.Write(SnapshotVersion);
            WriteTerms(writer);
            WriteDocuments(writer);
        }

        target.Write(hash.GetHashAndReset());
    }

    /// <summary>Reads what <see cref="Save"/> wrote, from here to the stream's end, into an index that is still empty.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of another version: build the index from the texts.</exception>
    public void Load(Stream source)
    {
        if (_slotCount > 0)
        {
            throw new InvalidOperationException("An index that has had texts cannot be loaded into.");
        }

        VerifyChecksum(source);
        using var reader = new BinaryReader(new BufferedStream(source, CopyBytes), Encoding.UTF8, leaveOpen: true);
        _ = reader.ReadUInt32();
        var version = reader.ReadUInt32();
        if (version != SnapshotVersion)
        {
            throw new InvalidDataException($"The lexical snapshot has version {version}; {SnapshotVersion} is read. Build the index from the texts.");
        }

        ReadTerms(reader);
        ReadDocuments(reader);
    }

    // All of it before any of it is believed.
    private static void VerifyChecksum(Stream source)
    {
        var start = source.Position;
        var left = source.Length - start - SHA256.HashSizeInBytes;
        Span<byte> magic = stackalloc byte[SnapshotMagic.Length];
        if (left < 2 * sizeof(uint) || source.ReadAtLeast(magic, magic.Length) < magic.Length || !magic.SequenceEqual(SnapshotMagic))
        {
            throw new InvalidDataException("This is no lexical snapshot, or the beginning of one.");
        }

        source.Position = start;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[CopyBytes];
        for (; left > 0;)
        {
            var chunk = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            source.ReadExactly(chunk);
            hash.AppendData(chunk);
            left -= chunk.Length;
        }

        Span<byte> stored = stackalloc byte[SHA256.HashSizeInBytes];
        source.ReadExactly(stored);
        if (!stored.SequenceEqual(hash.GetHashAndReset()))
        {
            throw new InvalidDataException("The lexical snapshot is damaged: its checksum differs. Build the index from the texts.");
        }

        source.Position = start;
    }

    private void WriteTerms(BinaryWriter writer)
    {
        writer.Write(_terms.End);
        for (var id = 0; id < _terms.End; id++)
        {
            writer.Write(_terms.TextOf(id) ?? "");
        }
    }

    private void ReadTerms(BinaryReader reader)
    {
        var end = reader.ReadInt32();
        for (var id = 0; id < end; id++)
        {
            _terms.Restore(id, reader.ReadString());
        }
    }

    private void WriteDocuments(BinaryWriter writer)
    {
        writer.Write(Count);
        for (var slot = 0; slot < _slotCount; slot++)
        {
            if (float.IsFinite(_lengths[slot]))
            {
                WriteDocument(writer, slot);
            }
        }
    }

    private void WriteDocument(BinaryWriter writer, int slot)
    {
        writer.Write(_ordinals[slot]);
        writer.Write((int)_lengths[slot]);
        writer.Write(_signatures[slot].Low);
        writer.Write(_signatures[slot].High);
        writer.Write(_spans[slot].Count);
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        for (var terms = _sequences.Read(_spans[slot]); terms.MoveNext();)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, terms.Current);
            writer.Write(bytes);
        }
    }

    private void ReadDocuments(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            var ordinal = reader.ReadInt32();
            var length = reader.ReadInt32();
            var signature = new PairSignature(reader.ReadUInt64(), reader.ReadUInt64());
            for (var tokens = reader.ReadInt32(); tokens > 0; tokens--)
            {
                var term = reader.ReadInt32();
                _sequences.Append(term);
                CountTerm(term);
            }

            _slotOf.Add(ordinal, _slotCount);
            _lengthTotal += length;
            AddPostings(TakeSlot(ordinal, length, _sequences.Keep(), signature));
        }
    }

    /// <summary>Hashes what it passes on.</summary>
    private sealed class HashingStream(Stream target, IncrementalHash hash) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            hash.AppendData(buffer);
            target.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => target.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
