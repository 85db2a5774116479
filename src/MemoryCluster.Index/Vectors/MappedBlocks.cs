using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace MemoryCluster.Index.Vectors;

/// <summary>Memory whose pages a file holds: the system drops and reads them as it needs, and what is seldom read takes no memory.</summary>
/// <param name="file">An empty file, open for reading and writing; closed with this.</param>
internal sealed unsafe class MappedBlocks(SafeFileHandle file) : IDisposable
{
    // Views begin on multiples of this on every system.
    private const int ViewAlignment = 64 << 10;

    private readonly List<MemoryMappedViewAccessor> _views = [];
    private long _length;

    /// <summary>Zeros at the file's end, where they stay as long as this does.</summary>
    public byte* Append(long bytes)
    {
        var start = _length;
        _length = start + ((bytes + ViewAlignment - 1) / ViewAlignment * ViewAlignment);
        RandomAccess.SetLength(file, _length);
        using var map = MemoryMappedFile.CreateFromFile(
            file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        var view = map.CreateViewAccessor(start, bytes, MemoryMappedFileAccess.ReadWrite);
        _views.Add(view);
        byte* first = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref first);
        return first + view.PointerOffset;
    }

    public void Dispose()
    {
        foreach (var view in _views)
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
        }

        file.Dispose();
    }
}
