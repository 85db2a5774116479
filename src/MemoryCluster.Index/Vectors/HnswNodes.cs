using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MemoryCluster.Index.Vectors;

/// <summary>The graph's nodes on its lowest layer, a flat block each: what a step of a walk reads lies together.</summary>
/// <remarks>
/// <code>
/// 0          4       8      12      16                     code offset
/// | ~ordinal | scale | bias | count | link, link, ... link | code bytes, whole lanes |     little-endian, four bytes each but the code
/// </code>
/// Links fill the lines before the code: at least <see cref="LinksMin"/> of them. No ordinal (0) says that nothing is there; a link to such
/// a node is passed over. All links are slots that were once in use, so a reader beside the writer never leaves the blocks.
/// </remarks>
internal sealed unsafe class HnswNodes
{
    /// <summary>Twice the sixteen of Malkov and Yashunin 2018, §4.1, less what would need one more line.</summary>
    public const int LinksMin = 28;

    private const int HeaderInts = 4;
    private const int PageBits = 10;
    private const int CodeOffset = ((HeaderInts + LinksMin) * sizeof(int) + AlignedRows.CacheLineBytes - 1)
        / AlignedRows.CacheLineBytes * AlignedRows.CacheLineBytes;

    private readonly AlignedRows _blocks;

    public HnswNodes(int dimensions)
    {
        CodeBytes = Int8Code.BytesOf(dimensions);
        _blocks = new AlignedRows(CodeOffset + CodeBytes, PageBits);
    }

    public static int LinksMax => (CodeOffset / sizeof(int)) - HeaderInts;

    public int CodeBytes { get; }

    public int BlockBytes => _blocks.RowBytes;

    public int Capacity => _blocks.Capacity;

    public void Reserve(int slots) => _blocks.Reserve(slots);

    /// <summary>Writes the nodes; of one that was taken away nothing is left.</summary>
    public void Write(BodyWriter body, int slots) => _blocks.Write(body, slots, slot => slot < slots && IsThere(At(slot)));

    public void Release(int first, int end) => _blocks.Release(first, Math.Min(end, Capacity));

    public void Read(MappedBody body, int slots) => _blocks.Read(body, slots);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int* At(int slot) => (int*)_blocks.At(slot);

    public static int Ordinal(int* node) => ~Volatile.Read(ref *node);

    public static bool IsThere(int* node) => *node != 0;

    public static void SetOrdinal(int* node, int ordinal) => Volatile.Write(ref *node, ~ordinal);

    public static float Scale(int* node) => ((float*)node)[1];

    public static int Bias(int* node) => node[2];

    public static int Count(int* node) => node[3];

    public static int* Links(int* node) => node + HeaderInts;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static sbyte* Code(int* node) => (sbyte*)node + CodeOffset;

    public static void SetCount(int* node, int count) => Volatile.Write(ref node[3], count);

    /// <summary>Writes a node without links that is not there yet.</summary>
    public void Write(int slot, ReadOnlySpan<float> vector)
    {
        var node = At(slot);
        *node = 0;
        SetCount(node, 0);
        var (scale, bias) = Int8Code.EncodeRow(vector, new Span<sbyte>(Code(node), CodeBytes));
        ((float*)node)[1] = scale;
        node[2] = bias;
    }

    /// <summary>Scores of four nodes, less the query's scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Score(byte* query, int* node0, int* node1, int* node2, int* node3)
    {
        var sums = Int8Product.OfFourRows(query, Code(node0), Code(node1), Code(node2), Code(node3), CodeBytes);
        var biases = Vector128.Create(node0[2], node1[2], node2[2], node3[2]);
        var scales = Vector128.Create(Scale(node0), Scale(node1), Scale(node2), Scale(node3));
        return Vector128.ConvertToSingle(sums - biases) * scales;
    }

    /// <summary>Scores of four nodes by the code of <see cref="AskAs"/>, less the asking node's scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> ScoreAsked(byte* asking, int* node0, int* node1, int* node2, int* node3)
    {
        var sums = Int8Product.OfFourRows(asking, Code(node0), Code(node1), Code(node2), Code(node3), CodeBytes);
        var biases = Vector128.ConvertToSingle(Vector128.Create(node0[2], node1[2], node2[2], node3[2]));
        var scales = Vector128.Create(Scale(node0), Scale(node1), Scale(node2), Scale(node3));

        // r ≈ 2 u − 127.5, so Σ r s ≈ 2 Σ u s − 127.5 Σ s, and a bias is 64 Σ s.
        return ((2 * Vector128.ConvertToSingle(sums)) - (biases * (127.5f / Int8Code.QueryOffset))) * scales;
    }

    /// <summary>A node's code as a query's, with one bit less: u = ⌊(r + 128) / 2⌋.</summary>
    public void AskAs(int* node, byte* query)
    {
        var code = (byte*)Code(node);
        for (var i = 0; i < CodeBytes; i += Int8Product.Lane)
        {
            var shifted = (Vector512.Load(code + i) ^ Vector512.Create((byte)0x80)) >>> 1;
            Vector512.Store(shifted, query + i);
        }
    }
}
