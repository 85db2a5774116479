using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MemoryCluster.Storage.Files.Disk;

/// <summary>The two calls that .NET lacks: fdatasync, and fsync of a folder.</summary>
internal static class Posix
{
    private const int Interrupted = 4;
    private const int ReadOnly = 0;

    /// <summary>
    /// fdatasync on Linux: data, and of the metadata only what is needed to read them back. Elsewhere what .NET's flush does, which
    /// on macOS is F_FULLFSYNC: there fdatasync does not reach the medium.
    /// </summary>
    public static void SyncData(SafeFileHandle handle)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(handle);
            return;
        }

        while (fdatasync(handle) != 0)
            ThrowUnlessInterrupted("fdatasync");
    }

    /// <summary>Makes the folder's names durable. Windows keeps them in its own journal and offers no such call.</summary>
    public static void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        int folder;
        while ((folder = open(path, ReadOnly)) < 0)
            ThrowUnlessInterrupted("open");
        try
        {
            while (fsync(folder) != 0)
                ThrowUnlessInterrupted("fsync");
        }
        finally
        {
            _ = close(folder);
        }
    }

    private static void ThrowUnlessInterrupted(string call)
    {
        var error = Marshal.GetLastPInvokeError();
        if (error != Interrupted)
            throw new IOException($"{call} failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int fdatasync(SafeFileHandle handle);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int descriptor);
}
