using System.Globalization;
using System.Text;
using MemoryCluster.Contract;

namespace MemoryCluster.Client;

/// <summary>Which memories to list: those that match every member given.</summary>
public sealed record MemoryFilter
{
    /// <summary>The team; may be left out with a key that is bound to one.</summary>
    public string? Team { get; init; }

    /// <summary>The agent that wrote it.</summary>
    public string? Agent { get; init; }

    /// <summary>The user it was written for.</summary>
    public string? User { get; init; }

    /// <summary>What sort of thing it says.</summary>
    public MemoryKind? Kind { get; init; }

    /// <summary>A tag that it carries.</summary>
    public string? Tag { get; init; }

    /// <summary>Memories fetched at a time; the server's own page size where left out.</summary>
    public int? PageSize { get; init; }

    internal string ToQuery(string? cursor)
    {
        var query = new StringBuilder();
        Append(query, "team", Team);
        Append(query, "agent", Agent);
        Append(query, "user", User);
        Append(query, "kind", Kind is { } kind ? Word.Of(kind) : null);
        Append(query, "tag", Tag);
        Append(query, "limit", PageSize?.ToString(CultureInfo.InvariantCulture));
        Append(query, "cursor", cursor);
        return query.ToString();
    }

    internal static void Append(StringBuilder query, string name, string? value)
    {
        if (value is not null)
            query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}
