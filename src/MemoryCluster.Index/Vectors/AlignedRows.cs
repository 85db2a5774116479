using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>Rows of equal size that never move once they are there, each on a cache line; the table that finds them is replaced as it grows.</summary>
/// <remarks>
/// <code>
/// row --(/ rows a page)--> table --> block: page | page | ...    blocks double, from one page up to the largest block
/// </code>
/// Doubling keeps a shard of a few memories at a few pages. A reader may go on with a table that the writer has replaced: what it points
/// at stays where it is for as long as this object lives.
/// </remarks>
internal sealed unsafe class AlignedRows
{
    public const int CacheLineBytes = 64;

    private const int BlockBytesMax = 16 << 20;

    private readonly List<object> _blocks = [];
    private readonly MappedBlocks? _file;
    private readonly int _pageBits;
    private readonly int _blockPagesMax;
    private nint[] _pages = [];
    private int _clearedPages;
    private int _mappedPages;

    /// <param name="file">Where the rows lie; in memory when there is none.</param>
    public AlignedRows(int rowBytes, int pageBits = 6, MappedBlocks? file = null)
    {
        _file = file;
        _pageBits = pageBits;
        RowBytes = (rowBytes + CacheLineBytes - 1) / CacheLineBytes * CacheLineBytes;
        _blockPagesMax = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, BlockBytesMax / RowBytes >> pageBits));
    }

    /// <summary>Bytes from one row to the next: whole cache lines.</summary>
    public int RowBytes { get; }

    /// <summary>Rows that are there; all of them zeros until written.</summary>
    public int Capacity => _clearedPages << _pageBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* At(int row)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(_pages);
        return (byte*)Unsafe.Add(ref first, row >> _pageBits) + ((nint)(row & ((1 << _pageBits) - 1)) * RowBytes);
    }

    /// <summary>Makes room for rows below <paramref name="rows"/>.</summary>
    public void Reserve(int rows)
    {
        while (Capacity < rows)
        {
            if (_clearedPages == _pages.Length)
            {
                Append(Math.Clamp(_pages.Length, 1, _blockPagesMax));
            }

            new Span<byte>((byte*)_pages[_clearedPages], RowBytes << _pageBits).Clear();
            _clearedPages++;
        }
    }

    /// <summary>The first cache line that begins in a pinned array.</summary>
    public static byte* Aligned(byte[] pinned) =>
        (byte*)((Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0) + CacheLineBytes - 1) & ~(nint)(CacheLineBytes - 1));

    /// <summary>
    /// Gives the memory of rows back, as far as it is whole pages of the system: they read as zeros from then on, or as they are where the system
    /// takes nothing back. Nobody may be reading them.
    /// </summary>
    public void Release(int first, int end)
    {
        if (_file is not null)
        {
            return;
        }

        for (var row = Math.Max(first, _mappedPages << _pageBits); row < end;)
        {
            var stop = Math.Min(end, ((row >> _pageBits) + 1) << _pageBits);
            while (stop < end && _pages[stop >> _pageBits] == _pages[(stop >> _pageBits) - 1] + (RowBytes << _pageBits))
            {
                stop = Math.Min(end, stop + (1 << _pageBits));
            }

            HugePages.Release(At(row), (long)(stop - row) * RowBytes);
            row = stop;
        }
    }

    /// <summary>Writes the rows below <paramref name="count"/> and what fills the last page.</summary>
    public void Write(BodyWriter body, int count)
    {
        for (var page = 0; page < PagesOf(count); page++)
        {
            body(new ReadOnlySpan<byte>((byte*)_pages[page], RowBytes << _pageBits));
        }
    }

    /// <summary>Writes them with zeros in place of those that are not held.</summary>
    public void Write(BodyWriter body, int count, Func<int, bool> isHeld)
    {
        var copy = new byte[RowBytes << _pageBits];
        for (var page = 0; page < PagesOf(count); page++)
        {
            new ReadOnlySpan<byte>((byte*)_pages[page], copy.Length).CopyTo(copy);
            for (var row = 0; row < 1 << _pageBits; row++)
            {
                if (!isHeld((page << _pageBits) + row))
                {
                    copy.AsSpan(row * RowBytes, RowBytes).Clear();
                }
            }

            body(copy);
        }
    }

    /// <summary>Takes over rows that <see cref="Write(BodyWriter, int)"/> wrote, where they lie.</summary>
    public void Read(MappedBody body, int count)
    {
        AppendPages(body.Take((long)PagesOf(count) * RowBytes << _pageBits), PagesOf(count), body.Owner);
        _clearedPages = _mappedPages = _pages.Length;
    }

    private int PagesOf(int rows) => (rows + (1 << _pageBits) - 1) >> _pageBits;

    // Cleared page by page as they come into use: until then a block is addresses, not memory.
    private void Append(int count)
    {
        var bytes = (long)count * RowBytes << _pageBits;
        if (_file is not null)
        {
            AppendPages(_file.Append(bytes), count, _file);
            return;
        }

        // Pinned, because only an array that stays where it is stays aligned.
        var block = GC.AllocateUninitializedArray<byte>(checked((int)bytes + CacheLineBytes), pinned: true);
        HugePages.Advise(Aligned(block), bytes);
        AppendPages(Aligned(block), count, block);
    }

    private void AppendPages(byte* first, int count, object owner)
    {
        var pages = new nint[_pages.Length + count];
        _pages.CopyTo(pages, 0);
        for (var page = 0; page < count; page++)
        {
            pages[_pages.Length + page] = (nint)first + ((nint)page * RowBytes << _pageBits);
        }

        _blocks.Add(owner);
        Volatile.Write(ref _pages, pages);
    }
}
