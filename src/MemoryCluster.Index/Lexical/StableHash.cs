namespace MemoryCluster.Index.Lexical;

/// <summary>A hash of text that is the same on every machine, process and version: FNV-1a over UTF-16, then MurmurHash3's 64-bit finish.</summary>
/// <remarks>Not that of the local engine, which is 32 bits, places grains by it, and may name nothing of ours; neither may change for the other.</remarks>
public static class StableHash
{
    private const ulong OffsetBasis = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = OffsetBasis;
        foreach (var c in text)
        {
            hash = Add(hash, c);
        }

        return Finish(hash);
    }

    internal static ulong Begin => OffsetBasis;

    internal static ulong Add(ulong hash, char c) => (hash ^ c) * Prime;

    // FNV leaves the low bits of short texts alike; the finish spreads every bit over all.
    internal static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }
}
