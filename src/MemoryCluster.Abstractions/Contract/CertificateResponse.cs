namespace MemoryCluster.Contract;

/// <summary>The evidence that a memory was admitted on, and what came of running it again just now.</summary>
public sealed record CertificateResponse
{
    public required string MemoryId { get; init; }

    /// <summary>128 bits of SHA-256 over the text that was tested: 32 hexadecimal digits.</summary>
    public required string TextHash { get; init; }

    /// <summary>The replayer.</summary>
    public required string Replayer { get; init; }

    /// <summary>How sure an effect must be.</summary>
    public required double Confidence { get; init; }

    /// <summary>The effect that the lower bound must exceed.</summary>
    public required double EffectMin { get; init; }

    /// <summary>What doubling a run's tokens costs, in reward.</summary>
    public required double TokenCost { get; init; }

    /// <summary>What doubling a run's time costs, in reward.</summary>
    public required double LatencyCost { get; init; }

    public required DecisionBody Decision { get; init; }

    /// <summary>Replays that could be run again: those by the built-in replayer whose runs are still kept whole.</summary>
    public required int Replayed { get; init; }

    /// <summary>
    /// Replays made outside of the cluster whose worth, fingerprints and requests were worked out again from what is kept. Having them made again
    /// is a request of its own.
    /// </summary>
    public int Evaluated { get; init; }

    /// <summary>Runs whose replay came out otherwise; empty where the certificate holds.</summary>
    public required IReadOnlyList<string> Differing { get; init; }

    /// <summary>Whether all that could be run again came out as it is written.</summary>
    public required bool Holds { get; init; }
}
