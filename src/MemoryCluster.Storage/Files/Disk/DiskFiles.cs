using System.IO.MemoryMappedFiles;
using MemoryCluster.Shards;

namespace MemoryCluster.Storage.Files.Disk;

internal sealed class DiskFiles : IStorageFiles
{
    public static readonly DiskFiles Instance = new();

    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    public bool Exists(string path) => File.Exists(path);

    public IReadOnlyList<string> Names(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))] : [];

    public IStorageFile Open(string path, FileMode mode, FileAccess access) =>
        new DiskFile(File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete));

    public DerivedFile Map(string path) => new(
        MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.CopyOnWrite), new FileInfo(path).Length);

    public void Move(string source, string target) => File.Move(source, target, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    public void SyncFolder(string path) => Posix.SyncFolder(path);

    // FileShare.None is flock(LOCK_EX | LOCK_NB) on Unix: the kernel drops it with the process, however that ends.
    public IDisposable Lock(string path) =>
        File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
