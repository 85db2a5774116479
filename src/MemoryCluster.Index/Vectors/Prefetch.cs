using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MemoryCluster.Index.Vectors;

/// <summary>Asks the processor to fetch what will be read soon; nothing where it cannot be asked. Any address may be named.</summary>
internal static unsafe class Prefetch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(void* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }

    /// <summary>Every cache line of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines(void* block, int bytes)
    {
        for (var i = 0; i < bytes; i += AlignedRows.CacheLineBytes)
        {
            Line((byte*)block + i);
        }
    }
}
