using MemoryCluster.Access;
using MemoryCluster.Shards;
using MemoryCluster.Summaries;

namespace MemoryCluster.Timelines;

/// <summary>Picks the nodes of trees that a query asks for and that its caller may see: in the place of one that he may not, those under it.</summary>
internal readonly struct TimelineReading(TimeTrees trees, SummaryWork summaries, TimelineQuery query, AccessView access, TeamId team)
{
    /// <summary>A thing has nodes above its memories from so many on, of so many sessions (MemForest's released configuration).</summary>
    private const int MemoriesMin = 3;
    private const int SessionsMin = 2;

    /// <summary>The page, and whether every node of it has its summary.</summary>
    /// <param name="scope">Whose trees.</param>
    /// <param name="now">For what has expired.</param>
    /// <param name="left">Summaries that may still be made.</param>
    public (TimelinePage Page, bool IsWhole) Read(TimelineScope scope, DateTimeOffset now, ref int left)
    {
        var found = new List<(TimeTree Tree, TreeNode Node)>();
        foreach (var tree in trees.Of(scope, now))
        {
            foreach (var node in Asked(tree, scope))
            {
                AddVisible(tree, node, found);
            }
        }

        found.Sort((one, other) => one.Node.Place.CompareTo(other.Node.Place));
        var nodes = ImmutableArray.CreateBuilder<TimelineNode>(Math.Min(query.Limit, found.Count));
        var isWhole = true;
        foreach (var (tree, node) in found.Take(query.Limit))
        {
            isWhole &= trees.TrySumUp(tree, node, ref left);
            nodes.Add(NodeOf(tree, node, summaries.Told(scope, node)));
        }

        return (new TimelinePage(nodes.ToImmutable(), found.Count > query.Limit), isWhole);
    }

    private ReadOnlySpan<TreeNode> Asked(TimeTree tree, TimelineScope scope)
    {
        if (query.Node is not { } id)
        {
            return tree.At(IsActive(tree, scope) ? Math.Min(query.Level ?? tree.Top, tree.Top) : 0);
        }

        for (var level = tree.Top; level > 0; level--)
        {
            foreach (var node in tree.At(level))
            {
                if (tree.IdOf(node) == id)
                {
                    return tree.ChildrenOf(node);
                }
            }
        }

        return [];
    }

    private static bool IsActive(TimeTree tree, TimelineScope scope)
    {
        if (scope.Session is not null || tree.Count < MemoriesMin)
        {
            return scope.Session is not null;
        }

        var sessions = new HashSet<string?>();
        foreach (var leaf in tree.At(0))
        {
            if (sessions.Add(SessionOf(leaf)) && sessions.Count >= SessionsMin)
            {
                return true;
            }
        }

        return false;
    }

    // Who names no session, and no run, tells what a day brought.
    private static string? SessionOf(TreeNode leaf) =>
        leaf.Entry!.Record.Provenance is { Source.Session: { } session } ? session
        : leaf.Entry.Record.Provenance.Run?.Value ?? leaf.Place.At.UtcDateTime.ToString("d", System.Globalization.CultureInfo.InvariantCulture);

    private void AddVisible(TimeTree tree, TreeNode node, List<(TimeTree Tree, TreeNode Node)> found)
    {
        if ((query.From is { } from && node.To < from) || (query.To is { } to && node.Place.At >= to))
        {
            return;
        }

        if (access.MaySee(team, VisibilityOf(tree, node), node.Label))
        {
            found.Add((tree, node));
            return;
        }

        foreach (var child in tree.ChildrenOf(node))
        {
            AddVisible(tree, child, found);
        }
    }

    // Those of one tree have one.
    private static Visibility VisibilityOf(TimeTree tree, TreeNode node) => (node.Entry ?? tree.At(0)[0].Entry!).Record.Visibility;

    private static TimelineNode NodeOf(TimeTree tree, TreeNode node, WrittenSummary? worded)
    {
        var children = tree.ChildrenOf(node);
        var ids = ImmutableArray.CreateBuilder<Guid>(children.Length);
        foreach (var child in children)
        {
            ids.Add(tree.IdOf(child));
        }

        return new TimelineNode
        {
            Id = tree.IdOf(node), Level = node.Level, From = node.Place.At, To = node.To, Memories = node.Count, Summary = worded?.Text ?? node.Summary,
            Children = ids.MoveToImmutable(), Written = worded?.Written,
        };
    }
}
