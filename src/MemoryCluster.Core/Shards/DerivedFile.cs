using System.IO.MemoryMappedFiles;

namespace MemoryCluster.Shards;

/// <summary>A file that is read where it lies.</summary>
/// <param name="Map">The file, mapped for copy on write.</param>
/// <param name="Length">Its length in bytes, which a map does not tell.</param>
public sealed record DerivedFile(MemoryMappedFile Map, long Length)
{
    /// <summary>The file from its beginning.</summary>
    public Stream Read() => Map.CreateViewStream(0, Length, MemoryMappedFileAccess.CopyOnWrite);
}
