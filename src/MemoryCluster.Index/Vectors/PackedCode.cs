using System.Runtime.Intrinsics;

namespace MemoryCluster.Index.Vectors;

/// <summary>
/// A vector as 8, 4 or 2 bits a component: x ≈ scale · r, the scale such that a vector's product with its own code is 1, as RaBitQ has it (Gao and
/// Long 2024, §3.2): scores neither shrink nor grow with the number of bits, so those of different precisions compare.
/// </summary>
/// <remarks>
/// <code>
/// 8 bits: r in -127..127, a byte each
/// 4 bits: r = 2n - 15, n in 0..15: byte j of a block of 64 holds n of components j (low half) and j + 64
/// 2 bits: r = 2n - 3,  n in 0..3:  byte j of a block of 64 holds n of components j (lowest), j + 64, j + 128, j + 192
/// </code>
/// What a last block has beyond the vector is of no account: a query's code is 0 there.
/// </remarks>
internal static unsafe class PackedCode
{
    private const int BlockBytes = 64;

    // Widths of a step, in standard deviations of a component, around the best for a normal distribution: 0.335 at 16 levels, 0.996 at four
    // (Max 1960, table II). A vector takes the one that leaves it nearest to its own direction.
    private static readonly float[] StepsOf4 = [0.2f, 0.26f, 0.3f, 0.335f, 0.37f, 0.42f, 0.5f];
    private static readonly float[] StepsOf2 = [0.7f, 0.85f, 0.996f, 1.15f, 1.35f];

    /// <summary>The precisions there are.</summary>
    public static ReadOnlySpan<int> Precisions => [8, 4, 2];

    /// <summary>Components that one block of 64 bytes holds.</summary>
    private static int PerBlock(int bits) => BlockBytes * 8 / bits;

    /// <summary>Bytes of a packed code: whole 64-byte lanes.</summary>
    public static int BytesOf(int dimensions, int bits) => (dimensions + PerBlock(bits) - 1) / PerBlock(bits) * BlockBytes;

    /// <summary>Bytes of it when it is unpacked to a byte a component.</summary>
    public static int UnpackedBytesOf(int dimensions, int bits) => BytesOf(dimensions, bits) * 8 / bits;

    /// <summary>Packs a unit vector; returns its scale and 64 Σ r.</summary>
    /// <param name="packed">As long as <see cref="BytesOf"/> says; all of it is written.</param>
    public static (float Scale, int Bias) Encode(ReadOnlySpan<float> vector, int bits, Span<byte> packed)
    {
        var codes = new sbyte[vector.Length];
        if (bits == 8)
        {
            Int8Code.EncodeRow(vector, codes);
        }
        else
        {
            Quantize(vector, bits, codes);
        }

        packed.Clear();
        Pack(codes, bits, packed);
        var (product, sum) = (0.0, 0);
        for (var i = 0; i < codes.Length; i++)
        {
            product += (double)vector[i] * codes[i];
            sum += codes[i];
        }

        return ((float)(1 / product), Int8Code.QueryOffset * sum);
    }

    /// <summary>A byte a component, as the products want it; the code itself where it is that already.</summary>
    public static sbyte* Unpack(byte* packed, int bits, int packedBytes, sbyte* room)
    {
        if (bits == 8)
        {
            return (sbyte*)packed;
        }

        var (mask, least) = (Vector512.Create((byte)((1 << bits) - 1)), Vector512.Create((byte)((1 << bits) - 1)));
        var target = (byte*)room;
        for (var block = 0; block < packedBytes; block += BlockBytes)
        {
            var bytes = Vector512.Load(packed + block);
            for (var shift = 0; shift < 8; shift += bits)
            {
                // A shift of wider lanes brings in a neighbour's bits, which the mask takes away.
                var n = (bytes.AsUInt16() >>> shift).AsByte() & mask;
                Vector512.Store(n + n - least, target);
                target += BlockBytes;
            }
        }

        return room;
    }

    private static void Quantize(ReadOnlySpan<float> vector, int bits, Span<sbyte> codes)
    {
        var deviation = 1 / MathF.Sqrt(vector.Length);
        Span<sbyte> tried = new sbyte[codes.Length];
        var best = double.NegativeInfinity;
        foreach (var step in bits == 4 ? StepsOf4 : StepsOf2)
        {
            var cosine = Quantize(vector, step * deviation, 1 << (bits - 1), tried);
            if (cosine > best)
            {
                best = cosine;
                tried.CopyTo(codes);
            }
        }
    }

    // Returns the cosine between the vector, whose length is 1, and its code.
    private static double Quantize(ReadOnlySpan<float> vector, float step, int half, Span<sbyte> codes)
    {
        var (product, squares) = (0.0, 0L);
        for (var i = 0; i < vector.Length; i++)
        {
            var n = Math.Clamp((int)MathF.Floor(vector[i] / step), -half, half - 1);
            var r = (2 * n) + 1;
            codes[i] = (sbyte)r;
            product += (double)vector[i] * r;
            squares += r * r;
        }

        return product / Math.Sqrt(squares);
    }

    private static void Pack(ReadOnlySpan<sbyte> codes, int bits, Span<byte> packed)
    {
        var (perBlock, most) = (PerBlock(bits), (1 << bits) - 1);
        for (var i = 0; i < codes.Length; i++)
        {
            var (block, within) = Math.DivRem(i, perBlock);
            var at = (block * BlockBytes) + (within % BlockBytes);
            var n = bits == 8 ? (byte)codes[i] : (byte)((codes[i] + most) / 2);
            packed[at] |= (byte)(n << (within / BlockBytes * bits));
        }
    }
}
