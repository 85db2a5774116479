using System.Runtime.InteropServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>What is asked of the system about memory pages. Large ones: a walk that jumps through many megabytes otherwise misses in the address tables at every step.</summary>
internal static unsafe partial class HugePages
{
    private const int Bytes = 2 << 20;
    private const int AdviseUnneeded = 4;
    private const int AdviseHuge = 14;
    private const int AdviseSmall = 15;

    /// <summary>Advises the whole large pages inside of a block not yet touched. Only advice: where it is not taken, nothing is different.</summary>
    public static void Advise(void* block, long bytes)
    {
        var first = ((nint)block + Bytes - 1) & ~(nint)(Bytes - 1);
        var length = ((nint)block + (nint)bytes - first) & ~(nint)(Bytes - 1);
        if (length > 0 && OperatingSystem.IsLinux())
        {
            _ = Advise(first, length, AdviseHuge);
        }
    }

    /// <summary>
    /// Takes the memory away from the whole pages inside of a range of private memory that has nothing in it any more; they read as zeros. The
    /// large pages that they are parts of are asked for no longer, for the system would fill the gaps again.
    /// </summary>
    public static void Release(void* range, long bytes)
    {
        var page = Environment.SystemPageSize;
        var first = ((nint)range + page - 1) & ~(nint)(page - 1);
        var length = ((nint)range + (nint)bytes - first) & ~(nint)(page - 1);
        if (length > 0 && OperatingSystem.IsLinux())
        {
            // By whole large pages, so that the map of memory gets no more pieces than there are of those.
            var large = first & ~(nint)(Bytes - 1);
            _ = Advise(large, ((first + length + Bytes - 1) & ~(nint)(Bytes - 1)) - large, AdviseSmall);
            _ = Advise(first, length, AdviseUnneeded);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nint length, int advice);
}
