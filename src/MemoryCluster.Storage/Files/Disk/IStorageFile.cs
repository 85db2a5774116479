namespace MemoryCluster.Storage.Files.Disk;

internal interface IStorageFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads until the buffer is full or the file ends; returns how much.</summary>
    int Read(Span<byte> buffer, long offset);

    void Write(ReadOnlySpan<byte> bytes, long offset);

    void SetLength(long length);

    /// <summary>Returns when all that was written is on the medium. After a failure nothing is known of it.</summary>
    void Sync();
}
