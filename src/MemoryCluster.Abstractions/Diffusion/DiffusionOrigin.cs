namespace MemoryCluster;

/// <summary>Of what a diffused memory is the general form.</summary>
[GenerateSerializer, Immutable, Alias("mc.DiffusionOrigin")]
public sealed record DiffusionOrigin
{
    [Id(0)]
    public required MemoryId Source { get; init; }

    /// <summary>The version of it that was put into a general form.</summary>
    [Id(1)]
    public required int SourceVersion { get; init; }

    /// <summary>The team that learned it.</summary>
    [Id(2)]
    public required TeamId Team { get; init; }

    /// <summary>128 bits of SHA-256 over the general form: equal for what says the same.</summary>
    [Id(3)]
    public required Guid General { get; init; }
}
