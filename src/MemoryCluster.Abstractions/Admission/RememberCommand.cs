namespace MemoryCluster;

/// <summary>One candidate on its way to a shard.</summary>
/// <param name="Agent">The agent that writes.</param>
/// <param name="Draft">What it writes; its vector is filled in before the shard sees it.</param>
/// <param name="Operation">Set where the request carried an idempotency key.</param>
[GenerateSerializer, Immutable, Alias("mc.RememberCommand")]
public sealed record RememberCommand(
    [property: Id(0)] AgentId Agent,
    [property: Id(1)] MemoryDraft Draft,
    [property: Id(2)] OperationId? Operation);
