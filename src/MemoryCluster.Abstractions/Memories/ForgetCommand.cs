namespace MemoryCluster;

/// <summary>The end of every memory that matches all members given; at least one is.</summary>
[GenerateSerializer, Immutable, Alias("mc.ForgetCommand")]
public sealed record ForgetCommand
{
    [Id(0)]
    public TeamId? Team { get; init; }

    [Id(1)]
    public AgentId? Agent { get; init; }

    [Id(2)]
    public UserId? User { get; init; }

    [Id(3)]
    public RunId? Run { get; init; }

    [Id(4)]
    public DateTimeOffset? WrittenBefore { get; init; }

    [Id(5)]
    public OperationId? Operation { get; init; }
}
