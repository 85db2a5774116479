using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using MemoryCluster.Records;
using MemoryCluster.Shards;

namespace MemoryCluster.Timelines;

/// <summary>
/// Memories in the order of time under nodes of nodes (MemForest, arXiv 2605.23986). A change makes the nodes above it dirty, and no others.
/// </summary>
/// <remarks>
/// <code>
/// level 2   |                     n                     |
/// level 1   |       n       |      n      |      n      |
/// level 0     m   m   m   m   m   m   m     m   m   m   m
///                             ^ begins a node: the longest pause among its neighbours, `reach` on either side
/// </code>
/// Its shape follows from its memories alone and not from the order in which they came: a tree that was kept up and one that was built
/// anew are the same, and so are the ids of their nodes. A node but the root has more than `reach` children, so a tree of n memories is no
/// higher than 1 + log(n / 2) to the base of `reach` + 1; on average a node has twice `reach` children, and one. Pauses that grow and grow make the largest, of some two hundred.
/// </remarks>
/// <param name="scope">What it is the tree of, for the ids of its nodes.</param>
/// <param name="reach">How many neighbours on either side a pause must exceed.</param>
internal sealed class TimeTree(Guid scope, int reach)
{
    private readonly List<List<TreeNode>> _levels = [[]];

    /// <summary>The level of the highest node; 0 where there is none but a leaf.</summary>
    public int Top => _levels.Count - 1;

    public int Count => _levels[0].Count;

    /// <summary>The one that all are under; null where there is none.</summary>
    public TreeNode? Root => _levels[^1] is [var root] ? root : null;

    /// <summary>The nodes of a level, in the order of time.</summary>
    public ReadOnlySpan<TreeNode> At(int level) => CollectionsMarshal.AsSpan(_levels[level]);

    public static TimeTree Of(Guid scope, int reach, IEnumerable<ShardEntry> entries)
    {
        var tree = new TimeTree(scope, reach);
        tree._levels[0].AddRange(entries.Select(TreeNode.Leaf).OrderBy(leaf => leaf.Place));
        for (var i = 0; i < tree.Count; i++)
        {
            tree.SetPause(i);
        }

        tree.Settle(0, tree.Count);
        return tree;
    }

    /// <summary>Adds a memory, or has it as it is now.</summary>
    public void Put(ShardEntry entry)
    {
        var at = Find(_levels[0], TimePlace.Of(entry.Record));
        if (at >= 0)
        {
            _levels[0][at].Hold(entry);
            Settle(at, at + 1);
            return;
        }

        _levels[0].Insert(~at, TreeNode.Leaf(entry));
        SetPause(~at);
        SetPause(~at + 1);
        Settle(~at, Math.Min(~at + 2, Count));
    }

    /// <summary>Takes a memory away, if it is there.</summary>
    public void Remove(MemoryRecord memory)
    {
        var place = TimePlace.Of(memory);
        var at = Find(_levels[0], place);
        if (at >= 0)
        {
            Drop(0, place);
            SetPause(at);
            Settle(Math.Max(0, at - 1), Math.Min(at + 1, Count));
        }
    }

    /// <summary>Whether it holds a memory as this entry has it.</summary>
    public bool Holds(ShardEntry entry) => Find(_levels[0], TimePlace.Of(entry.Record)) is var at && at >= 0 && _levels[0][at].Entry == entry;

    public ReadOnlySpan<TreeNode> ChildrenOf(TreeNode node)
    {
        if (node.Level == 0)
        {
            return [];
        }

        var items = _levels[node.Level - 1];
        var start = Find(items, node.Place);
        var end = start + 1;
        while (end < items.Count && !items[end].Begins)
        {
            end++;
        }

        return CollectionsMarshal.AsSpan(items)[start..end];
    }

    public Guid IdOf(TreeNode node) => node.Level == 0
        ? node.Place.Id.Value
        : Hash128.Of("timeline", scope.ToString("N"), node.Level.ToString(CultureInfo.InvariantCulture), node.Place.Id.ToString());

    // Level by level: which of the items that changed or stand beside a change begin a node, and what follows for the nodes.
    private void Settle(int from, int to)
    {
        for (var level = 0; ; level++)
        {
            var items = _levels[level];
            if (items.Count <= 1)
            {
                _levels.RemoveRange(level + 1, _levels.Count - level - 1);
                items.ForEach(item => item.Begins = false);
                return;
            }

            if (level + 1 == _levels.Count)
            {
                _levels.Add([]);
                (from, to) = (0, items.Count);
            }

            (from, to) = Divide(level, from, to);
            (from, to) = SumUp(level + 1, from, to);
        }
    }

    private (int From, int To) Divide(int level, int from, int to)
    {
        var items = _levels[level];
        var (low, high) = (Math.Max(0, from - reach), Math.Min(items.Count, to + reach));
        for (var i = low; i < high; i++)
        {
            var begins = BeginsAt(items, i);
            if (begins == items[i].Begins)
            {
                continue;
            }

            items[i].Begins = begins;
            (from, to) = (Math.Min(from, i), Math.Max(to, i + 1));
            if (begins)
            {
                var node = TreeNode.BeginningWith(items[i]);
                _levels[level + 1].Insert(~Find(_levels[level + 1], node.Place), node);
            }
            else
            {
                Drop(level + 1, items[i].Place);
            }
        }

        return (from, to);
    }

    // The nodes over the items and over those beside them: they may have lost or won some.
    private (int From, int To) SumUp(int level, int from, int to)
    {
        var (items, nodes) = (_levels[level - 1], _levels[level]);
        var first = OwnerOf(nodes, items[Math.Max(0, from - 1)].Place);
        var last = OwnerOf(nodes, items[Math.Min(items.Count - 1, to)].Place);
        for (var i = first; i <= last; i++)
        {
            nodes[i].SumUp(ChildrenOf(nodes[i]));
        }

        return (first, last + 1);
    }

    // Neither so near the beginning nor the end that a node would have too few.
    private bool BeginsAt(List<TreeNode> items, int i)
    {
        if (i == 0)
        {
            return true;
        }

        if (i <= reach || i >= items.Count - reach)
        {
            return false;
        }

        var own = RankOf(items[i]);
        for (var j = i - reach; j <= i + reach; j++)
        {
            if (j != i && RankOf(items[j]).CompareTo(own) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    // Pauses of one order are told apart by lot, so that no row of ever longer ones makes a node without end.
    private static (int Pause, ulong Lot) RankOf(TreeNode item)
    {
        Span<byte> id = stackalloc byte[16];
        item.Place.Id.Value.TryWriteBytes(id);
        var lot = BitConverter.ToUInt64(id) ^ BitOperations.RotateLeft(BitConverter.ToUInt64(id[8..]), 29) ^ ((ulong)item.Level * 0x9E3779B97F4A7C15);
        // the finish of MurmurHash3
        lot = (lot ^ (lot >> 33)) * 0xFF51AFD7ED558CCD;
        lot = (lot ^ (lot >> 33)) * 0xC4CEB9FE1A85EC53;
        return (item.Pause, lot ^ (lot >> 33));
    }

    private void SetPause(int at)
    {
        if (at < Count)
        {
            var leaves = _levels[0];
            var pause = at == 0 ? 0 : (leaves[at].Place.At - leaves[at - 1].Place.At).Ticks;
            leaves[at].Pause = BitOperations.Log2((ulong)pause + 1);
        }
    }

    // The node that stands there, and those above that begin with it.
    private void Drop(int level, TimePlace place)
    {
        for (var begins = true; begins && level < _levels.Count && Find(_levels[level], place) is var at && at >= 0; level++)
        {
            begins = _levels[level][at].Begins;
            _levels[level].RemoveAt(at);
        }
    }

    private static int OwnerOf(List<TreeNode> nodes, TimePlace place) => Find(nodes, place) is var at && at >= 0 ? at : ~at - 1;

    private static int Find(List<TreeNode> items, TimePlace place)
    {
        var (low, high) = (0, items.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = items[middle].Place.CompareTo(place);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
