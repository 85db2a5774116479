using System.Runtime.InteropServices;
using MemoryCluster.Shards;

namespace MemoryCluster.Timelines;

/// <summary>
/// A shard's time trees. One is built of the indexes when it is first asked for and kept up from then on, memory by memory, until others are
/// wanted more: a tree that nobody reads costs nothing.
/// </summary>
internal sealed class TimeTrees(ShardState state)
{
    /// <summary>Memories in all trees that are kept: some tens of megabytes with their summaries.</summary>
    public const int LeavesMax = 50_000;

    // Also of those that hold little: a tree has a few hundred bytes beside its memories.
    private const int ScopesMax = 10_000;

    private readonly Dictionary<TimelineScope, LinkedListNode<(TimelineScope Scope, Dictionary<Audience, TimeTree> Trees)>> _held = [];
    private readonly LinkedList<(TimelineScope Scope, Dictionary<Audience, TimeTree> Trees)> _byUse = new();
    private int _leaves;

    public SessionIndex Sessions { get; } = new();

    /// <summary>How many summaries were made so far.</summary>
    public long Summaries { get; private set; }

    /// <summary>The trees of a scope, one for each audience that has memories in it.</summary>
    public IReadOnlyCollection<TimeTree> Of(TimelineScope scope, DateTimeOffset now)
    {
        if (!_held.TryGetValue(scope, out var held))
        {
            held = Build(scope);
            // names without end could be asked for
            if (held.Value.Trees.Count == 0)
            {
                return [];
            }

            Hold(held);
        }

        _byUse.Remove(held);
        _byUse.AddFirst(held);
        foreach (var tree in held.Value.Trees.Values)
        {
            Expire(tree, now);
        }

        return held.Value.Trees.Values;
    }

    /// <summary>A memory has come, or become another.</summary>
    public void Add(ShardEntry entry)
    {
        Sessions.Add(entry);
        Reconsider(entry);
        // whether what it stands for is told beside it depends on who may see it
        foreach (var merged in entry.Record.Standing?.Merged ?? [])
        {
            if (state.Find(merged) is { } other)
            {
                Reconsider(other);
            }
        }
    }

    /// <summary>A memory is about to go, or to become another: the trees that tell it.</summary>
    public ImmutableArray<TimeTree> Leave(ShardEntry entry)
    {
        Sessions.Remove(entry);
        return [.. HeldOf(entry).Select(held => held.Trees.GetValueOrDefault(Audience.Of(entry.Record))).OfType<TimeTree>().Where(tree => tree.Holds(entry))];
    }

    /// <summary>A memory is gone from some trees, unless another has taken its place: no summary says a word of it from now on.</summary>
    public void Remove(ImmutableArray<TimeTree> told, ShardEntry entry)
    {
        foreach (var tree in told)
        {
            if (tree.Holds(entry))
            {
                Change(tree, () => tree.Remove(entry.Record));
            }
        }
    }

    /// <summary>A memory stands otherwise: it may be told now, or no longer.</summary>
    public void Reconsider(ShardEntry entry)
    {
        foreach (var (scope, trees) in HeldOf(entry))
        {
            ref var tree = ref CollectionsMarshal.GetValueRefOrAddDefault(trees, Audience.Of(entry.Record), out _);
            tree ??= new TimeTree(scope.TreeOf(Audience.Of(entry.Record)), scope.Reach);
            var held = tree;
            Change(held, IsTold(scope, entry.Record) ? () => held.Put(entry) : () => held.Remove(entry.Record));
        }
    }

    /// <summary>Makes what summaries a node and those under it lack, and no more than <paramref name="left"/>; false where one is still missing.</summary>
    public bool TrySumUp(TimeTree tree, TreeNode node, ref int left)
    {
        if (node.Summary is not null)
        {
            return true;
        }

        var isWhole = true;
        foreach (var child in tree.ChildrenOf(node))
        {
            isWhole &= TrySumUp(tree, child, ref left);
        }

        if (!isWhole || left == 0)
        {
            return false;
        }

        left--;
        Summaries++;
        node.Summary = TreeSummary.Of(node, tree.ChildrenOf(node));
        return true;
    }

    private LinkedListNode<(TimelineScope Scope, Dictionary<Audience, TimeTree> Trees)> Build(TimelineScope scope)
    {
        var entries = scope.Session is { } session
            ? Sessions.HoldersOf(session).Select(ordinal => state.At(ordinal)!)
            : state.Marks.Entities.HoldersOf(scope.Thing).ToArray().Select(ordinal => state.At(ordinal)!);
        var trees = entries.Where(entry => IsTold(scope, entry.Record)).GroupBy(entry => Audience.Of(entry.Record))
            .ToDictionary(group => group.Key, group => TimeTree.Of(scope.TreeOf(group.Key), scope.Reach, group));
        return new LinkedListNode<(TimelineScope, Dictionary<Audience, TimeTree>)>((scope, trees));
    }

    private void Hold(LinkedListNode<(TimelineScope Scope, Dictionary<Audience, TimeTree> Trees)> held)
    {
        _held.Add(held.Value.Scope, held);
        _byUse.AddFirst(held);
        _leaves += held.Value.Trees.Values.Sum(tree => tree.Count);
        while ((_leaves > LeavesMax || _held.Count > ScopesMax) && _byUse.Last is { } last && last != held)
        {
            _byUse.RemoveLast();
            _held.Remove(last.Value.Scope);
            _leaves -= last.Value.Trees.Values.Sum(tree => tree.Count);
        }
    }

    private void Expire(TimeTree tree, DateTimeOffset now)
    {
        while (tree.Root is { ExpiresAt: { } expires } root && expires <= now)
        {
            var leaf = root;
            while (leaf.Level > 0)
            {
                leaf = FirstToExpire(tree.ChildrenOf(leaf));
            }

            Change(tree, () => tree.Remove(leaf.Entry!.Record));
        }
    }

    private static TreeNode FirstToExpire(ReadOnlySpan<TreeNode> nodes)
    {
        var first = nodes[0];
        foreach (var node in nodes)
        {
            first = node.ExpiresAt is { } expires && !(first.ExpiresAt <= expires) ? node : first;
        }

        return first;
    }

    private void Change(TimeTree tree, Action change)
    {
        _leaves -= tree.Count;
        change();
        _leaves += tree.Count;
    }

    private IEnumerable<(TimelineScope Scope, Dictionary<Audience, TimeTree> Trees)> HeldOf(ShardEntry entry)
    {
        if (_held.Count == 0)
        {
            return [];
        }

        var scopes = new HashSet<TimelineScope>();
        if (entry.Record.Provenance.Source?.Session is { } session)
        {
            scopes.Add(new TimelineScope(session, 0));
        }

        foreach (var entity in state.Marks.Entities.EntitiesOf(entry.Ordinal))
        {
            scopes.Add(new TimelineScope(null, state.Marks.Entities.HashOf(entity)));
        }

        return [.. scopes.Where(_held.ContainsKey).Select(scope => _held[scope].Value)];
    }

    // A session tells all that was said in it. Of a thing, what another says as well is told once, where whoever may see it may see the other.
    private bool IsTold(TimelineScope scope, MemoryRecord memory) => memory.State switch
    {
        MemoryState.Active or MemoryState.Candidate => true,
        MemoryState.Merged =>
            scope.Session is not null || !state.StandInsOf(memory).Any(by => by.Record.State != MemoryState.Merged && IsSeenWith(by.Record, memory)),
        MemoryState.Archived or MemoryState.Quarantined or MemoryState.Unspecified => false,
        _ => throw new ArgumentOutOfRangeException(nameof(memory), memory.State, "A new state needs a decision here."),
    };

    private static bool IsSeenWith(MemoryRecord standing, MemoryRecord merged) =>
        standing.Visibility == merged.Visibility && standing.Provenance.User == merged.Provenance.User
        && standing.Provenance.Agents.All(merged.Provenance.Agents.Contains) && standing.Provenance.Resources.All(merged.Provenance.Resources.Contains);
}
