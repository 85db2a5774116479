using System.Security.Cryptography;

namespace MemoryCluster.Client;

/// <summary>Idempotency keys of all clients of a tenant share one space: a generator seeded with 32 bits would repeat another client's keys.</summary>
internal sealed class CryptographicRandom() : Random(0)
{
    private const int FractionBits = 53;

    public override double NextDouble()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return (BitConverter.ToUInt64(bytes) >> (64 - FractionBits)) * Math.ScaleB(1, -FractionBits);
    }

    public override void NextBytes(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);

    public override void NextBytes(byte[] buffer) => RandomNumberGenerator.Fill(buffer);
}
