using System.Globalization;
using MemoryCluster.Index.Graph;
using MemoryCluster.Records;

namespace MemoryCluster.Timelines;

/// <summary>What a timeline is of: a session, or else a thing, known by the hash of its folded name.</summary>
internal readonly record struct TimelineScope(string? Session, ulong Thing)
{
    /// <summary>Null where the name has no word in it.</summary>
    public static TimelineScope? Of(TimelineQuery query) =>
        query.Session is { } session ? new TimelineScope(session, 0)
        : EntityReader.OfTitle(query.Entity) is not 0 and var thing ? new TimelineScope(null, thing)
        : null;

    /// <summary>
    /// Neighbours that a pause must exceed for a node to begin with it: a session's nodes have 3 children on average, a thing's 7, where MemForest
    /// has 3 and 8 (its released configuration).
    /// </summary>
    public int Reach => Session is null ? 3 : 1;

    /// <summary>Names the tree of those of its memories that the same may see.</summary>
    public Guid TreeOf(Audience audience) => Hash128.Of(
        "tree", Session, Thing.ToString(CultureInfo.InvariantCulture), ((int)audience.Visibility).ToString(CultureInfo.InvariantCulture), audience.User?.Value,
        audience.Resources);
}
