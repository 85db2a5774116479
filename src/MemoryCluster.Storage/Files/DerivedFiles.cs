using MemoryCluster.Shards;
using MemoryCluster.Storage.Files.Disk;

namespace MemoryCluster.Storage.Files;

/// <summary>The owner's derived files, in the store's folder.</summary>
internal sealed class DerivedFiles(IStorageFiles files, StoreFolder folder) : IDerivedFiles
{
    public IReadOnlyList<string> Names => files.Names(folder.Path);

    public DerivedFile? Open(string name) => files.Exists(folder.In(name)) ? files.Map(folder.In(name)) : null;

    public void Write(string name, Action<Stream> write) => folder.Publish(files, folder.In(name), file =>
    {
        using var stream = new StorageStream(file);
        write(stream);
    });

    public void Delete(string name) => files.Delete(folder.In(name));
}
