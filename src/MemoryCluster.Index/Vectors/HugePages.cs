using System.Runtime.InteropServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>Asks for large memory pages: a walk that jumps through many megabytes otherwise misses in the address tables at every step.</summary>
internal static unsafe partial class HugePages
{
    private const int Bytes = 2 << 20;
    private const int AdviseHuge = 14;

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

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nint length, int advice);
}
