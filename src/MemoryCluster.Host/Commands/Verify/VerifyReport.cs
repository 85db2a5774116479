using MemoryCluster.Storage.Files;

namespace MemoryCluster.Host.Commands.Verify;

/// <summary>What a check of a data folder found.</summary>
internal sealed record VerifyReport
{
    public required string Folder { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public required bool Sound { get; init; }

    /// <summary>The files: headers, checksums, sequence, snapshots.</summary>
    public required IReadOnlyList<StoreVerification> Stores { get; init; }
}
