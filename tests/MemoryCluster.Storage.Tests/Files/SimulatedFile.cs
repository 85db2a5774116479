using MemoryCluster.Storage.Files.Disk;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>A file with two contents: what a reader sees, and what the medium has.</summary>
internal sealed class SimulatedFile(SimulatedFiles disk) : IStorageFile
{
    private const int SectorBytes = 512;

    private byte[] _seen = [];
    private byte[] _synced = [];

    public long Length => _seen.Length;

    /// <summary>The content, to be looked at or damaged in place.</summary>
    public byte[] Bytes
    {
        get => _seen;
        set => (_seen, _synced) = (value, [.. value]);
    }

    public int Read(Span<byte> buffer, long offset)
    {
        var available = (int)Math.Clamp(_seen.Length - offset, 0, buffer.Length);
        _seen.AsSpan((int)Math.Min(offset, _seen.Length), available).CopyTo(buffer);
        return available;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        disk.Change();
        var grown = Math.Max(0, offset + bytes.Length - _seen.Length);
        var taken = (int)Math.Min(grown, disk.BytesFree);
        disk.BytesFree -= taken;
        // As a disk that fills up in the middle of a write: what fits is there.
        var written = bytes[..(int)Math.Max(0, bytes.Length - (grown - taken))];
        if (!written.IsEmpty)
            Resize(ref _seen, Math.Max(_seen.Length, offset + written.Length));
        written.CopyTo(_seen.AsSpan((int)Math.Min(offset, _seen.Length)));
        if (taken < grown)
            throw new IOException("No space left on device.");
    }

    public void SetLength(long length)
    {
        disk.Change();
        disk.BytesFree += Math.Max(0, _seen.Length - length);
        Resize(ref _seen, length);
    }

    public void Sync()
    {
        disk.Change();
        if (disk.SyncFails)
            throw new IOException("fdatasync failed: Input/output error.");
        _synced = [.. _seen];
    }

    public void Dispose()
    {
    }

    public SimulatedFile Copy(SimulatedFiles files) => new(files) { Bytes = [.. _seen] };

    public SimulatedFile AfterPowerCut(SimulatedFiles files, Random random)
    {
        var length = random.Next(Math.Min(_seen.Length, _synced.Length), Math.Max(_seen.Length, _synced.Length) + 1);
        var found = new byte[length];
        for (var start = 0; start < length; start += SectorBytes)
        {
            var source = random.Next(2) == 0 ? _seen : _synced;
            var count = Math.Clamp(source.Length - start, 0, Math.Min(SectorBytes, length - start));
            source.AsSpan(Math.Min(start, source.Length), count).CopyTo(found.AsSpan(start));
        }

        return new SimulatedFile(files) { Bytes = found };
    }

    private static void Resize(ref byte[] bytes, long length) => Array.Resize(ref bytes, (int)length);
}
