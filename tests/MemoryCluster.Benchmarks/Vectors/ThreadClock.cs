using System.Runtime.InteropServices;

namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>CPU time of this thread: what else the machine runs takes none of it.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Seconds that this thread has run.</summary>
    public static double Seconds => GetTime(ThreadCpuTime, out var time) == 0
        ? time.Seconds + (time.Nanoseconds * 1e-9)
        : throw new PlatformNotSupportedException("This system has no clock of a thread's CPU time.");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
