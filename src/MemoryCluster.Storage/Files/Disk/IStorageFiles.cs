using MemoryCluster.Shards;

namespace MemoryCluster.Storage.Files.Disk;

/// <summary>The file system as the stores use it. Tests put one in its place that fills up, fails and loses power.</summary>
/// <remarks>Every call blocks and belongs on an I/O thread. Failures are <see cref="IOException"/>s.</remarks>
internal interface IStorageFiles
{
    void CreateFolder(string path);

    bool Exists(string path);

    /// <summary>The names of a folder's files; none where the folder is missing.</summary>
    IReadOnlyList<string> Names(string folder);

    IStorageFile Open(string path, FileMode mode, FileAccess access);

    /// <summary>Maps a whole file for copy on write; it must not be empty.</summary>
    DerivedFile Map(string path);

    /// <summary>Renames, over a file of that name if there is one. Durable after <see cref="SyncFolder"/>.</summary>
    void Move(string source, string target);

    void Delete(string path);

    /// <summary>Makes created, renamed and deleted names durable.</summary>
    void SyncFolder(string path);

    /// <summary>Takes the lock that this path stands for, until disposed or the process ends.</summary>
    /// <exception cref="IOException">Somebody has it.</exception>
    IDisposable Lock(string path);
}
