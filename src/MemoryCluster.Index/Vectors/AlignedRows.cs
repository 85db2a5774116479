using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>Rows of equal size that never move once they are there, each on a cache line; the table that finds them is replaced as it grows.</summary>
/// <remarks>
/// <code>
/// row --(/ 64)--> table --> block: rows 0..63 | 64..127 | 128..255 | ... doubling up to the largest block
/// </code>
/// Doubling keeps a shard of a few memories at a few pages. A reader may go on with a table that the writer has replaced: what it points
/// at stays where it is for as long as this object lives.
/// </remarks>
internal sealed unsafe class AlignedRows
{
    public const int CacheLineBytes = 64;

    private const int PageBits = 6;
    private const int PageRows = 1 << PageBits;
    private const int BlockBytesMax = 8 << 20;

    private readonly List<byte[]> _blocks = [];
    private readonly int _blockRowsMax;
    private nint[] _pages = [];

    public AlignedRows(int rowBytes)
    {
        RowBytes = (rowBytes + CacheLineBytes - 1) / CacheLineBytes * CacheLineBytes;
        _blockRowsMax = Math.Max(PageRows, (int)BitOperations.RoundUpToPowerOf2((uint)(BlockBytesMax / RowBytes)) / 2);
    }

    /// <summary>Bytes from one row to the next: whole cache lines.</summary>
    public int RowBytes { get; }

    /// <summary>Rows that are there; all of them zeros until written.</summary>
    public int Capacity => _pages.Length << PageBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* At(int row) => (byte*)_pages[row >> PageBits] + ((nint)(row & (PageRows - 1)) * RowBytes);

    /// <summary>Makes room for rows below <paramref name="rows"/>.</summary>
    public void Reserve(int rows)
    {
        while (Capacity < rows)
        {
            Append(Math.Clamp(Capacity, PageRows, _blockRowsMax));
        }
    }

    /// <summary>The first cache line that begins in a pinned array.</summary>
    public static byte* Aligned(byte[] pinned) =>
        (byte*)((Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0) + CacheLineBytes - 1) & ~(nint)(CacheLineBytes - 1));

    private void Append(int rows)
    {
        // Pinned, because only an array that stays where it is stays aligned.
        var block = GC.AllocateArray<byte>(checked((rows * RowBytes) + CacheLineBytes), pinned: true);
        var first = (nint)Aligned(block);
        var pages = new nint[_pages.Length + (rows >> PageBits)];
        _pages.CopyTo(pages, 0);
        for (var page = _pages.Length; page < pages.Length; page++)
        {
            pages[page] = first + ((nint)(page - _pages.Length) * PageRows * RowBytes);
        }

        _blocks.Add(block);
        Volatile.Write(ref _pages, pages);
    }
}
