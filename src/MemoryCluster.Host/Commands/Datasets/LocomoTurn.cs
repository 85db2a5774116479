using MemoryCluster.Contract;

namespace MemoryCluster.Host.Commands.Datasets;

/// <summary>What one speaker said.</summary>
internal sealed record LocomoTurn(string Session, string Id, string Speaker, string Text, DateTimeOffset At)
{
    /// <summary>The turn as a memory of the speaker's.</summary>
    public RememberRequest ToMemory(string team, string agent) => new()
    {
        Team = team,
        Agent = agent,
        Text = TextRule.Clean($"{Speaker}: {Text}"),
        Kind = MemoryKind.Episode,
        OccurredAt = At,
        Source = new SourceBody { Session = Session, Turn = RawJson.Of(Id) },
    };
}
