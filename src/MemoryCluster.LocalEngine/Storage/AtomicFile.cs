using MemoryCluster.Storage.Files.Disk;

namespace MemoryCluster.LocalEngine.Storage;

/// <summary>Files that are seen whole or not at all, whenever the machine stops.</summary>
internal static class AtomicFile
{
    public static byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    /// <summary>Content first, then the name: written aside, synced, renamed into place, and the folder synced, so that the name lasts too.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var aside = path + ".new";
        using (var handle = File.OpenHandle(aside, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, content, fileOffset: 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(aside, path, overwrite: true);
        Posix.SyncFolder(folder);
    }
}
