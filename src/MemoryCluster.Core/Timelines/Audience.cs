namespace MemoryCluster.Timelines;

/// <summary>
/// Whom memories are for, but for the agents that they passed through. Memories of different audiences are never summed up together: what is
/// private to one would hide the summary from all others.
/// </summary>
/// <param name="Visibility">Who of a team, or of others.</param>
/// <param name="User">The only one that private ones are for.</param>
/// <param name="Resources">What they draw on, by name, each on a line.</param>
internal readonly record struct Audience(Visibility Visibility, UserId? User, string Resources)
{
    public static Audience Of(MemoryRecord memory) => new(
        memory.Visibility,
        memory.Visibility == Visibility.Private ? memory.Provenance.User : null,
        memory.Provenance.Resources.IsEmpty
            ? ""
            : string.Join('\n', memory.Provenance.Resources.Select(resource => resource.Value).Distinct().Order(StringComparer.Ordinal)));
}
