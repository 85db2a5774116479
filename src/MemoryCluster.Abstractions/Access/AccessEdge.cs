namespace MemoryCluster;

/// <summary>An edge of one of the two access graphs.</summary>
[GenerateSerializer, Immutable, Alias("mc.AccessEdge")]
public abstract record AccessEdge
{
    private AccessEdge()
    {
    }

    /// <summary>The user may call the agent.</summary>
    [GenerateSerializer, Immutable, Alias("mc.AccessEdge.UserAgent")]
    public sealed record UserAgent([property: Id(0)] UserId User, [property: Id(1)] AgentId Agent) : AccessEdge;

    /// <summary>The agent may use the resource.</summary>
    [GenerateSerializer, Immutable, Alias("mc.AccessEdge.AgentResource")]
    public sealed record AgentResource([property: Id(0)] AgentId Agent, [property: Id(1)] ResourceId Resource) : AccessEdge;
}
