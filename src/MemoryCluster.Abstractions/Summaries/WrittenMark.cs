namespace MemoryCluster;

/// <summary>That a summary was worded by a model, and not put together of sentences that stand in its sources.</summary>
[GenerateSerializer, Immutable, Alias("mc.WrittenMark")]
public sealed record WrittenMark
{
    /// <summary>The model's name, as its service gave it.</summary>
    [Id(0)]
    public required string Model { get; init; }

    [Id(1)]
    public required DateTimeOffset At { get; init; }
}
