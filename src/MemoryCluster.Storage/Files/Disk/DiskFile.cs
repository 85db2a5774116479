using Microsoft.Win32.SafeHandles;

namespace MemoryCluster.Storage.Files.Disk;

internal sealed class DiskFile(SafeFileHandle handle) : IStorageFile
{
    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var read = RandomAccess.Read(handle, buffer[total..], offset + total);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (ArgumentOutOfRangeException cause)
        {
            // .NET's word for EFBIG: the file may not grow further.
            throw new IOException(cause.Message, cause);
        }
    }

    public void SetLength(long length) => RandomAccess.SetLength(handle, length);

    public void Sync() => Posix.SyncData(handle);

    public void Dispose() => handle.Dispose();
}
