namespace MemoryCluster.Index.Vectors;

/// <summary>The ordinal of each slot, close together: a filter is asked about thousands of slots whose vectors nobody needs.</summary>
/// <remarks>Held as complements, so that zeros say "none" (-1).</remarks>
internal sealed unsafe class SlotOrdinals
{
    /// <summary>Slots whose ordinals follow one another in memory.</summary>
    public const int PageSlots = 64;

    private readonly AlignedRows _pages = new(PageSlots * sizeof(int));

    public void Reserve(int slots) => _pages.Reserve(PagesOf(slots));

    /// <summary>The ordinal, or -1.</summary>
    public int Of(int slot) => ~Volatile.Read(ref ((int*)_pages.At(slot / PageSlots))[slot % PageSlots]);

    /// <summary>The complements of a page's ordinals, that of a slot which begins one.</summary>
    public int* PageOf(int slot) => (int*)_pages.At(slot / PageSlots);

    public void Set(int slot, int ordinal) => Volatile.Write(ref ((int*)_pages.At(slot / PageSlots))[slot % PageSlots], ~ordinal);

    public void Clear(int slot) => Set(slot, -1);

    public void Write(BodyWriter body, int slots) => _pages.Write(body, PagesOf(slots));

    public void Read(MappedBody body, int slots) => _pages.Read(body, PagesOf(slots));

    private static int PagesOf(int slots) => (slots + PageSlots - 1) / PageSlots;
}
