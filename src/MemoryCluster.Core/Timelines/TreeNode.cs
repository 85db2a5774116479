using System.Security.Cryptography;
using MemoryCluster.Shards;

namespace MemoryCluster.Timelines;

/// <summary>A node of a time tree: a memory at level 0, above it those that stand together in time.</summary>
internal sealed class TreeNode
{
    private readonly TreeNode _first;

    private TreeNode(int level, TreeNode? first, TimePlace place)
    {
        (Level, Place) = (level, place);
        _first = first ?? this;
    }

    public int Level { get; }

    /// <summary>The memory of a leaf.</summary>
    public ShardEntry? Entry { get; private set; }

    /// <summary>Where its first memory stands.</summary>
    public TimePlace Place { get; }

    /// <summary>Whether a node of the level above begins with it.</summary>
    public bool Begins { get; set; }

    /// <summary>How long the pause before it was: the binary logarithm of its ticks, so that pauses of one order are alike.</summary>
    public int Pause
    {
        get => _first._pause;
        set => _first._pause = value;
    }

    /// <summary>Where its last memory stands.</summary>
    public DateTimeOffset To { get; private set; }

    public int Count { get; private set; }

    /// <summary>What all of its memories come from together: who may see that may see each of them.</summary>
    public Provenance Label { get; private set; } = null!;

    /// <summary>When the first of its memories stops being found.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>A hash of which memories it is made of, in which versions.</summary>
    public Guid Content { get; private set; }

    /// <summary>What it says; null where it is to be made, because something below has changed.</summary>
    public string? Summary { get; set; }

    private int _pause;

    public static TreeNode Leaf(ShardEntry entry)
    {
        var leaf = new TreeNode(0, null, TimePlace.Of(entry.Record)) { Count = 1 };
        leaf.To = leaf.Place.At;
        leaf.Hold(entry);
        return leaf;
    }

    /// <summary>Has a leaf hold its memory as it is now.</summary>
    public void Hold(ShardEntry entry)
    {
        var memory = entry.Record;
        Span<byte> held = stackalloc byte[20];
        memory.Id.Value.TryWriteBytes(held);
        BitConverter.TryWriteBytes(held[16..], memory.Version);
        var content = new Guid(SHA256.HashData(held)[..16]);
        Summary = content == Content ? Summary : null;
        (Entry, Label, ExpiresAt, Content) = (entry, memory.Provenance, memory.Times.ExpiresAt, content);
    }

    /// <summary>A node that begins with one of the level below; what it holds is yet to be summed up.</summary>
    public static TreeNode BeginningWith(TreeNode child) => new(child.Level + 1, child._first, child.Place);

    /// <summary>Takes over what follows from its children; false where nothing did change.</summary>
    public bool SumUp(ReadOnlySpan<TreeNode> children)
    {
        Span<byte> contents = stackalloc byte[16 * children.Length];
        for (var i = 0; i < children.Length; i++)
        {
            children[i].Content.TryWriteBytes(contents[(16 * i)..]);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(contents, digest);
        if (new Guid(digest[..16]) is var content && content == Content)
        {
            return false;
        }

        (Content, Summary, Count, Label, ExpiresAt, To) = (content, null, 0, children[0].Label, null, children[^1].To);
        foreach (var child in children)
        {
            Count += child.Count;
            Label = Union(Label, child.Label);
            ExpiresAt = ExpiresAt is { } expires && !(child.ExpiresAt < expires) ? expires : child.ExpiresAt ?? ExpiresAt;
        }

        return true;
    }

    // Those of one tree differ in nothing else that decides who may see them.
    private static Provenance Union(Provenance left, Provenance right) =>
        right.Agents.All(left.Agents.Contains) ? left : left with { Agents = [.. left.Agents.Union(right.Agents)] };
}
