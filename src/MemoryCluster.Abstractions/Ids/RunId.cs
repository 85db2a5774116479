namespace MemoryCluster;

/// <summary>One run of an agent: by the caller's own name for it, or by the id that the controller gave to a run that it keeps.</summary>
/// <param name="Value">The id as it is written; see <see cref="Identifier"/>.</param>
[GenerateSerializer, Immutable, Alias("mc.RunId")]
public readonly record struct RunId([property: Id(0)] string Value)
{
    /// <summary>The number of the team whose controller gave this id; null for an id of the caller's own.</summary>
    public uint? TeamNumber => RoutedGuid.TryParse(Value, out var value) ? RoutedGuid.TeamNumberOf(value) : null;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
