using System.Globalization;
using System.Text;

namespace MemoryCluster.Client;

/// <summary>Which part of a timeline to read. Give either <see cref="Entity"/> or <see cref="Session"/>.</summary>
public sealed record TimelineFilter
{
    /// <summary>A named thing, as memories name it; at most 256 characters.</summary>
    public string? Entity { get; init; }

    /// <summary>A source session; at most 256 characters.</summary>
    public string? Session { get; init; }

    /// <summary>Only what reaches it or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only what begins before it.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>How far above the memories, which are level 0; the highest there is where left out.</summary>
    public int? Level { get; init; }

    /// <summary>The id of a node to open, instead of a level.</summary>
    public string? Node { get; init; }

    /// <summary>Nodes at most, 1 to 200; the server's own limit where left out.</summary>
    public int? Limit { get; init; }

    internal string ToQuery()
    {
        var query = new StringBuilder();
        MemoryFilter.Append(query, "entity", Entity);
        MemoryFilter.Append(query, "session", Session);
        MemoryFilter.Append(query, "from", From?.ToString("O", CultureInfo.InvariantCulture));
        MemoryFilter.Append(query, "to", To?.ToString("O", CultureInfo.InvariantCulture));
        MemoryFilter.Append(query, "level", Level?.ToString(CultureInfo.InvariantCulture));
        MemoryFilter.Append(query, "node", Node);
        MemoryFilter.Append(query, "limit", Limit?.ToString(CultureInfo.InvariantCulture));
        return query.ToString();
    }
}
