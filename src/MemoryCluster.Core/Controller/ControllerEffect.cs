namespace MemoryCluster.Controller;

/// <summary>A decision that is durable here and must still reach a shard: carried out at least once, with one effect.</summary>
public abstract record ControllerEffect
{
    private ControllerEffect()
    {
    }

    /// <summary>The decision, and which revision of it.</summary>
    public required Guid Decision { get; init; }

    public required int Revision { get; init; }

    /// <summary>The request that it is, under a name of its own, so that a repetition changes nothing.</summary>
    public required OperationId Operation { get; init; }

    /// <summary>Remember it.</summary>
    public sealed record Remember(AgentId Agent, MemoryDraft Draft) : ControllerEffect;

    /// <summary>Change how a memory made earlier stands.</summary>
    public sealed record Settle(MemoryId Memory, AdmissionGrant Grant) : ControllerEffect;
}
