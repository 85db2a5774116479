using System.Globalization;

namespace MemoryCluster.LoadTests.Histories;

/// <summary>One operation on one memory, as its client saw it. Repetitions under one idempotency key are one operation.</summary>
internal sealed record Operation
{
    /// <summary>The client, which has one operation or look at a time.</summary>
    public required int Process { get; init; }

    public required OperationKind Kind { get; init; }

    /// <summary>Names the memory whatever its id: begins its text in all versions, and no other memory's.</summary>
    public required string Key { get; init; }

    /// <summary>The team that the memory is of.</summary>
    public required string Team { get; init; }

    /// <summary>When it was first sent, in nanoseconds of the machine's monotonic clock.</summary>
    public required long InvokedNs { get; init; }

    /// <summary>When its outcome was known; <see cref="long.MaxValue"/> where it never was.</summary>
    public required long ReturnedNs { get; init; }

    public required OperationOutcome Outcome { get; init; }

    /// <summary>The version that a patch named.</summary>
    public int IfVersion { get; init; }

    /// <summary>The text that was written or seen; null where there is none.</summary>
    public string? Text { get; init; }

    /// <summary>The version that was made or seen; 0 where none was told.</summary>
    public int Version { get; init; }

    /// <summary>The memory's id; null where none was told.</summary>
    public string? Id { get; init; }

    /// <summary>The sequence number of what was made or seen; 0 where none was told.</summary>
    public long Seq { get; init; }

    /// <summary>Whether it may never have taken effect.</summary>
    public bool IsOptional => Outcome == OperationOutcome.Unknown;

    public override string ToString()
    {
        var argument = Kind == OperationKind.Patch ? $" if v{IfVersion}" : "";
        var answer = Version > 0 ? $" v{Version}" : "";
        var end = ReturnedNs == long.MaxValue ? "?" : Milliseconds(ReturnedNs);
        return $"{Milliseconds(InvokedNs)}..{end} ms, client {Process}: {Kind} {Key}{argument} -> {Outcome}{answer}{(Text is null ? "" : $" \"{Text}\"")}";
    }

    private static string Milliseconds(long nanoseconds) => (nanoseconds / 1e6).ToString("F3", CultureInfo.InvariantCulture);
}
