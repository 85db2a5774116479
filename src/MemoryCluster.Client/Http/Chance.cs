namespace MemoryCluster.Client.Http;

/// <summary>A client's randomness; its requests run at once, and a seeded generator is not safe for that.</summary>
internal sealed class Chance(Random random)
{
    private const int KeyBytes = 16;

    private readonly Lock _lock = new();

    /// <summary>A key for one write, new among those of all clients.</summary>
    public string NewIdempotencyKey()
    {
        var bytes = new byte[KeyBytes];
        lock (_lock)
            random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>0 (inclusive) to 1 (exclusive).</summary>
    public double NextFraction()
    {
        lock (_lock)
            return random.NextDouble();
    }
}
