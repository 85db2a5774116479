using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MemoryCluster.Index.Lexical;

/// <summary>
/// BM25's saturation f / (f + k1 (1 - b + b length / mean length)) at one moment of the collection: f / (f + Constant + PerTerm × length).
/// </summary>
/// <remarks>
/// The scalar and the vector form take the same steps in the same order, and so give the same bits. A deleted document's length is
/// infinite: its saturation is 0 without a branch.
/// </remarks>
internal readonly record struct Bm25Norm(float Constant, float PerTerm)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Score(float scale, int frequency, float length) =>
        (int)MathF.Ceiling(scale * (frequency / (frequency + (Constant + (PerTerm * length)))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Score(Vector256<float> scale, Vector256<float> frequencies, Vector256<float> lengths)
    {
        var norms = Vector256.Create(Constant) + (Vector256.Create(PerTerm) * lengths);
        return Vector256.ConvertToInt32(Vector256.Ceiling(scale * (frequencies / (frequencies + norms))));
    }
}
