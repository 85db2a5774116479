namespace Orleans.Runtime;

/// <summary>FNV-1a over UTF-16 code units: the same in every process, unlike <see cref="string.GetHashCode()"/>, so that a seed replays a run.</summary>
/// <remarks>Not that of the indexes, which is 64 bits and stands in their files: this project is to be taken out where Orleans is built in.</remarks>
internal static class StableHash
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    public static uint Of(ReadOnlySpan<char> text)
    {
        var hash = OffsetBasis;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * Prime;
        }

        return Spread(hash);
    }

    public static uint Combine(uint left, uint right) => Spread(((left << 5) | (left >> 27)) ^ (right * Prime));

    // FNV leaves the low bits of similar keys similar; the finaliser of MurmurHash3 does not.
    private static uint Spread(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
