namespace MemoryCluster;

/// <summary>An agent, by a name that is unique in its tenant; one agent may work in several teams.</summary>
/// <param name="Value">The id as the caller wrote it; see <see cref="Identifier"/>.</param>
[GenerateSerializer, Immutable, Alias("mc.AgentId")]
public readonly record struct AgentId([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
