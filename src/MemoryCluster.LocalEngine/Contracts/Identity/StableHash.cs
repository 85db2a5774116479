namespace Orleans.Runtime;

/// <summary>FNV-1a over UTF-16 code units: the same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    public static uint Of(ReadOnlySpan<char> text, uint seed = OffsetBasis)
    {
        foreach (var unit in text)
        {
            seed = (seed ^ unit) * Prime;
        }

        // A final avalanche: FNV alone leaves the low bits of similar keys similar.
        seed ^= seed >> 16;
        seed *= 0x85ebca6b;
        seed ^= seed >> 13;
        return seed;
    }
}
