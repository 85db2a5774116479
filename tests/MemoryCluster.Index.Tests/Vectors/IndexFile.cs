using System.IO.MemoryMappedFiles;
using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

internal static class IndexFile
{
    public static void Save(AdaptiveVectorIndex index, string path)
    {
        // A new file each time: an index that was loaded from the old one goes on reading that.
        File.Delete(path);
        using var file = File.Create(path);
        index.Save(file);
    }

    public static AdaptiveVectorIndex Load(string path, int scanMax = AdaptiveVectorIndex.ScanMaxDefault)
    {
        return AdaptiveVectorIndex.Load(
            MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.CopyOnWrite),
            new FileInfo(path).Length,
            scanMax);
    }
}
