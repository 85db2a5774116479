namespace MemoryCluster.LoadTests.Checking;

/// <summary>Some operations of a search, compared by content.</summary>
internal sealed class OperationSet : IEquatable<OperationSet>
{
    private readonly ulong[] _bits;
    private ulong _hash;

    public OperationSet(int count) => _bits = new ulong[(count + 63) / 64];

    private OperationSet(ulong[] bits, ulong hash) => (_bits, _hash) = (bits, hash);

    /// <summary>Takes it in, or out where it is in.</summary>
    /// <remarks>The hash of a set is the exclusive or of its members' (A. Zobrist, 1970): it is kept up, and not made anew.</remarks>
    public void Flip(int operation)
    {
        _bits[operation >> 6] ^= 1UL << operation;
        _hash ^= Mixed((ulong)operation + 1);
    }

    public OperationSet Copy() => new([.. _bits], _hash);

    public bool Equals(OperationSet? other) => other is not null && _hash == other._hash && _bits.AsSpan().SequenceEqual(other._bits);

    public override bool Equals(object? obj) => Equals(obj as OperationSet);

    public override int GetHashCode() => (int)(_hash ^ (_hash >> 32));

    // SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
    private static ulong Mixed(ulong value)
    {
        value *= 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
