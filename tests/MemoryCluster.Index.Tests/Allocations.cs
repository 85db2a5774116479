namespace MemoryCluster.Index.Tests;

internal static class Allocations
{
    /// <summary>Bytes that this thread allocates for one run, after enough runs to compile it and to grow what is kept.</summary>
    public static long Of(Action run)
    {
        for (var i = 0; i < 100; i++)
        {
            run();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        run();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
