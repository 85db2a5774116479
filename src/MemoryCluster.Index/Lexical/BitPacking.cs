using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemoryCluster.Index.Lexical;

/// <summary>
/// 128 small numbers in as few bits as the largest needs, laid out for vectors: D. Lemire and L. Boytsov, "Decoding billions of integers
/// per second through vectorization", Software: Practice and Experience 45(1), 2015, section 4 (vertical layout).
/// </summary>
/// <remarks>
/// <code>
/// number 8 row + lane stands in the lane's own stream of 32-bit words at bit row × bits:
///
///   words        0 .. 7          8 .. 15        16 ..
///   lane 0    | row 0, 1, 2 … | … continued  | …
///   lane 7    | row 0, 1, 2 … | … continued  | …
/// </code>
/// A lane holds 16 numbers, so an odd number of bits wastes half a word per lane.
/// </remarks>
internal static class BitPacking
{
    /// <summary>Numbers in a block.</summary>
    public const int Count = 128;

    private const int Lanes = 8;
    private const int Rows = Count / Lanes;

    /// <summary>Words behind a packed block that a reader may touch.</summary>
    public const int Padding = 2 * Lanes;

    public static int BitsFor(ReadOnlySpan<int> values)
    {
        var all = 0;
        foreach (var value in values)
        {
            all |= value;
        }

        return 32 - BitOperations.LeadingZeroCount((uint)all);
    }

    /// <summary>32-bit words that a block takes.</summary>
    public static int WordCount(int bits) => (((Rows * bits) + 31) / 32) * Lanes;

    /// <summary>Packs 128 numbers into words that are 0.</summary>
    public static void Pack(ReadOnlySpan<int> values, int bits, Span<uint> words)
    {
        for (var i = 0; i < Count; i++)
        {
            var (row, lane) = Math.DivRem(i, Lanes);
            var bit = row * bits;
            var value = (ulong)(uint)values[i] << (bit & 31);
            var word = ((bit >> 5) * Lanes) + lane;
            words[word] |= (uint)value;
            if (value >> 32 != 0)
            {
                words[word + Lanes] |= (uint)(value >> 32);
            }
        }
    }

    /// <summary>Unpacks 128 numbers.</summary>
    public static void Unpack(ReadOnlySpan<uint> words, int bits, Span<int> values)
    {
        Debug.Assert(values.Length >= Count && (bits == 0 || words.Length >= WordCount(bits) + Lanes));
        var mask = Vector256.Create((uint)((1UL << bits) - 1));
        ref var source = ref MemoryMarshal.GetReference(words);
        ref var target = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<int, uint>(values));
        for (var row = 0; row < Rows; row++)
        {
            Row(ref source, row * bits, mask).StoreUnsafe(ref target, (nuint)(row * Lanes));
        }
    }

    /// <summary>Unpacks 128 differences, each to the number 8 places before, and adds them up from <paramref name="first"/>.</summary>
    public static void UnpackDeltas(ReadOnlySpan<uint> words, int bits, int first, Span<int> values)
    {
        Debug.Assert(values.Length >= Count && (bits == 0 || words.Length >= WordCount(bits) + Lanes));
        var mask = Vector256.Create((uint)((1UL << bits) - 1));
        ref var source = ref MemoryMarshal.GetReference(words);
        ref var target = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<int, uint>(values));
        var sum = Vector256.Create((uint)first);
        for (var row = 0; row < Rows; row++)
        {
            sum += Row(ref source, row * bits, mask);
            sum.StoreUnsafe(ref target, (nuint)(row * Lanes));
        }
    }

    // Two loads and no branch; the upper part is shifted in two steps, because a shift by 32 is one by 0.
    private static Vector256<uint> Row(ref uint words, int bit, Vector256<uint> mask)
    {
        var word = (nuint)((bit >> 5) * Lanes);
        var shift = bit & 31;
        var low = Vector256.LoadUnsafe(ref words, word) >>> shift;
        var high = (Vector256.LoadUnsafe(ref words, word + Lanes) << 1) << (31 - shift);
        return (low | high) & mask;
    }
}
