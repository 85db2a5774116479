using MemoryCluster.Core.Tests.Shards;

namespace MemoryCluster.Core.Tests.Recall;

/// <summary>Memories by number, for tests that look at their order only.</summary>
internal static class Memories
{
    public static MemoryRecord Numbered(int number, string text = "text") => new()
    {
        Id = new MemoryId(new Guid(number, 0, 0, new byte[8])),
        Version = 1,
        Seq = number,
        Team = ShardHarness.Team,
        Kind = MemoryKind.Fact,
        Visibility = Visibility.Team,
        State = MemoryState.Active,
        Text = text,
        Provenance = new Provenance { Agents = [ShardHarness.Agent] },
        Times = new MemoryTimes { CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch },
    };
}
