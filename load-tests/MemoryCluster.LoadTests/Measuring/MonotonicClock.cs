using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MemoryCluster.LoadTests.Measuring;

/// <summary>Waits for a moment to some ten microseconds: .NET's timers tick in milliseconds, as long as many answers take.</summary>
internal static class MonotonicClock
{
    private const int ClockMonotonic = 1;
    private const int AbsoluteTime = 1;

    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>Blocks the thread until <see cref="Now"/> reaches <paramref name="moment"/>; at once if it has passed.</summary>
    public static void SleepUntil(long moment)
    {
        // Stopwatch reads CLOCK_MONOTONIC in nanoseconds on Linux, the only system this is run on; elsewhere it yields until then.
        while (Now < moment)
        {
            if (!OperatingSystem.IsLinux())
                Thread.Yield();
            else
                Sleep(moment);
        }
    }

    private static void Sleep(long moment)
    {
        var (seconds, nanoseconds) = Math.DivRem(moment, 1_000_000_000);
        var until = new TimeSpec { Seconds = (nint)seconds, Nanoseconds = (nint)nanoseconds };
        _ = clock_nanosleep(ClockMonotonic, AbsoluteTime, in until, 0);
    }

    [DllImport("libc")]
    private static extern int clock_nanosleep(int clock, int flags, in TimeSpec request, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
