using System.Runtime.CompilerServices;

namespace MemoryCluster.Index.Lexical;

/// <summary>The part of BM25's saturation that depends on the collection only: k1 (1 - b + b length / mean length) = constant + perTerm × length.</summary>
internal readonly record struct Bm25LengthNorm(float Constant, float PerTerm)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Saturate(int frequency, int length) => frequency / (frequency + Constant + (PerTerm * length));
}
