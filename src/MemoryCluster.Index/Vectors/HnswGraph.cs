using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MemoryCluster.Index.Vectors;

/// <summary>
/// Hierarchical navigable small world (Malkov and Yashunin 2018) over byte codes: nodes are slots of <see cref="VectorRows"/>, scores are
/// approximate until the best are scored again in full precision.
/// </summary>
/// <remarks>
/// One writer. A reader beside it may miss what is being added and never meets what is not whole: a node is linked to after it is
/// written, and its slot is not used again while a reader from before is left.
/// </remarks>
internal sealed unsafe partial class HnswGraph
{
    /// <summary>Neighbours that a new node chooses; Malkov and Yashunin 2018, §4.1, call it M.</summary>
    public const int LinksOfNew = 16;

    /// <summary>Width of the walk that finds a new node's neighbours (efConstruction).</summary>
    public const int BuildWidth = 200;

    private const int LayersMax = 12;
    private static readonly double LevelScale = 1 / Math.Log(LinksOfNew);

    private readonly VectorRows _rows;
    private readonly HnswNodes _nodes;
    private readonly SlotOrdinals _ordinals = new();
    private readonly HnswLayer[] _upper = [.. Enumerable.Range(0, LayersMax).Select(_ => new HnswLayer())];
    private readonly ulong _seed;
    private int _end;
    private int _entry = -1;

    public HnswGraph(VectorRows rows, ulong seed)
    {
        _rows = rows;
        _nodes = new HnswNodes(rows.Dimensions);
        _seed = seed;
    }

    public int Count { get; private set; }

    /// <summary>Where every search begins; -1 in an empty graph.</summary>
    public int Entry => _entry;

    public void Write(BodyWriter body)
    {
        // Slots that were never in the graph may follow its last.
        _nodes.Reserve(_rows.SlotsEnd);
        _nodes.Write(body, _rows.SlotsEnd);
        foreach (var layer in _upper)
        {
            layer.Write(body);
        }
    }

    /// <summary>Gives the memory of nodes back that are not there.</summary>
    public void Release(int first, int end) => _nodes.Release(first, end);

    /// <summary>Gives all back, of a graph that nobody will ask again.</summary>
    public void ReleaseAll() => _nodes.Release(0, _nodes.Capacity);

    /// <summary>A graph over a mapped file.</summary>
    public static HnswGraph Read(VectorRows rows, ulong seed, int entry, MappedBody body)
    {
        var graph = new HnswGraph(rows, seed) { _end = rows.SlotsEnd, _entry = entry, Count = rows.Count };
        graph._nodes.Read(body, rows.SlotsEnd);
        foreach (var layer in graph._upper)
        {
            layer.Read(body);
        }

        graph._ordinals.Reserve(rows.SlotsEnd);
        for (var slot = 0; slot < rows.SlotsEnd; slot++)
        {
            graph._ordinals.Set(slot, HnswNodes.Ordinal(graph._nodes.At(slot)));
        }

        return graph;
    }

    /// <summary>Takes the vector of a slot in.</summary>
    public void Add(int slot, int ordinal)
    {
        var vector = _rows.Row(slot)[.._rows.Dimensions];
        _nodes.Reserve(slot + 1);
        _ordinals.Reserve(slot + 1);
        _nodes.Write(slot, vector);
        Volatile.Write(ref _end, Math.Max(_end, slot + 1));
        Count++;
        var level = LevelOf(ordinal);
        var entry = _entry;
        if (entry < 0)
        {
            Publish(slot, ordinal);
            Enter(slot, level);
            return;
        }

        var scratch = SearchScratch.OfThisThread;
        var query = scratch.QueryCodes(_nodes.CodeBytes);
        var scale = Int8Code.EncodeQuery(vector, new Span<byte>(query, _nodes.CodeBytes));
        var top = TopOf(entry);
        for (var layer = top; layer > level; layer--)
        {
            entry = Nearest(query, entry, layer);
        }

        var chosen = stackalloc int[LinksOfNew * Math.Min(level + 1, top + 1)];
        var counts = stackalloc int[LayersMax + 1];
        for (var layer = Math.Min(level, top); layer >= 0; layer--)
        {
            var beam = new Beam(scratch.Keys(BuildWidth), BuildWidth);
            Walk(ref beam, query, entry, layer, scratch.Visits(_end));
            if (beam.Count > 0)
            {
                entry = beam.Slot(0);
            }

            counts[layer] = Choose(ref beam, scale, chosen + (layer * LinksOfNew));
        }

        // From here on others may meet it.
        Publish(slot, ordinal);
        for (var layer = 0; layer <= Math.Min(level, top); layer++)
        {
            if (layer > 0)
            {
                _upper[layer - 1].Add(slot);
            }

            Connect(slot, layer, new ReadOnlySpan<int>(chosen + (layer * LinksOfNew), counts[layer]));
        }

        if (level > top)
        {
            for (var layer = top + 1; layer <= level; layer++)
            {
                _upper[layer - 1].Add(slot);
            }

            Volatile.Write(ref _entry, slot);
        }
    }

    private void Publish(int slot, int ordinal)
    {
        HnswNodes.SetOrdinal(_nodes.At(slot), ordinal);
        _ordinals.Set(slot, ordinal);
    }

    private void Enter(int slot, int level)
    {
        for (var layer = 1; layer <= level; layer++)
        {
            _upper[layer - 1].Add(slot);
        }

        Volatile.Write(ref _entry, slot);
    }

    // By seed and ordinal, so that the same vectors give the same graph whatever was there before (SplitMix64, Steele 2014).
    private int LevelOf(int ordinal)
    {
        var mixed = _seed + (((ulong)(uint)ordinal + 1) * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        var uniform = ((mixed >> 11) + 1) * (1.0 / (1UL << 53));
        return Math.Min(LayersMax, (int)(-Math.Log(uniform) * LevelScale));
    }

    private int TopOf(int slot)
    {
        var top = 0;
        while (top < LayersMax && _upper[top].Contains(slot))
        {
            top++;
        }

        return top;
    }

    // Greedy, as on every layer above the one that is searched.
    private int Nearest(byte* query, int entry, int layer)
    {
        var best = entry;
        var node = _nodes.At(entry);
        var bestScore = _nodes.Score(query, node, node, node, node)[0];
        for (var from = -1; from != best;)
        {
            from = best;
            var links = LinksOf(from, layer, out var count);
            for (var i = 0; i < count; i += 4)
            {
                var (a, b, c, d) = (links[i], links[Math.Min(i + 1, count - 1)], links[Math.Min(i + 2, count - 1)], links[Math.Min(i + 3, count - 1)]);
                var scores = _nodes.Score(query, _nodes.At(a), _nodes.At(b), _nodes.At(c), _nodes.At(d));
                NoteBetter(a, layer, scores[0], ref best, ref bestScore);
                NoteBetter(b, layer, scores[1], ref best, ref bestScore);
                NoteBetter(c, layer, scores[2], ref best, ref bestScore);
                NoteBetter(d, layer, scores[3], ref best, ref bestScore);
            }
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void NoteBetter(int slot, int layer, float score, ref int best, ref float bestScore)
    {
        if (score > bestScore && IsOn(slot, layer))
        {
            (best, bestScore) = (slot, score);
        }
    }

    // A link may have outlived its node, and the slot may be another's by now, which need not reach so high.
    private bool IsOn(int slot, int layer) => HnswNodes.IsThere(_nodes.At(slot)) && (layer == 0 || _upper[layer - 1].Contains(slot));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int* LinksOf(int slot, int layer, out int count)
    {
        if (layer > 0)
        {
            return _upper[layer - 1].Links(slot, out count);
        }

        var node = _nodes.At(slot);
        count = HnswNodes.Count(node);
        return HnswNodes.Links(node);
    }

    // Malkov and Yashunin 2018, Alg. 2.
    private void Walk(ref Beam beam, byte* query, int entry, int layer, Visits visits)
    {
        var fresh = stackalloc int[Math.Max(HnswNodes.LinksMax, HnswLayer.LinksMax) + 4];
        var node = _nodes.At(entry);
        visits.TryMark(entry);
        if (HnswNodes.IsThere(node))
        {
            beam.Insert(entry, _nodes.Score(query, node, node, node, node)[0]);
        }

        while (beam.TryGoOn(out var from))
        {
            var links = LinksOf(from, layer, out var count);
            var freshCount = 0;
            for (var i = 0; i < count; i++)
            {
                var link = links[i];
                if (visits.TryMark(link) && (layer == 0 || IsOn(link, layer)))
                {
                    Prefetch.Line(_nodes.At(link));
                    fresh[freshCount++] = link;
                }
            }

            if (freshCount > 0)
            {
                Offer(ref beam, query, fresh, freshCount);
            }
        }
    }

    // Four at a time, while the next four are fetched. The last four are filled up with the last.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Offer(ref Beam beam, byte* query, int* fresh, int count)
    {
        for (var i = count; i < count + 3; i++)
        {
            fresh[i] = fresh[count - 1];
        }

        FetchFour(fresh);
        for (var i = 0; i < count; i += 4)
        {
            if (i + 4 < count)
            {
                FetchFour(fresh + i + 4);
            }
            else if (beam.LikelyNext() is >= 0 and var next)
            {
                Prefetch.Lines(_nodes.At(next), HnswNodes.LinksMin * sizeof(int));
            }

            var node0 = _nodes.At(fresh[i]);
            var node1 = _nodes.At(fresh[i + 1]);
            var node2 = _nodes.At(fresh[i + 2]);
            var node3 = _nodes.At(fresh[i + 3]);
            var scores = _nodes.Score(query, node0, node1, node2, node3);
            if (Vector128.GreaterThanAny(scores, Vector128.Create(beam.Threshold)))
            {
                InsertBetter(ref beam, fresh + i, Math.Min(4, count - i), scores);
            }
        }
    }

    private void InsertBetter(ref Beam beam, int* slots, int count, Vector128<float> scores)
    {
        for (var i = 0; i < count; i++)
        {
            if (scores[i] > beam.Threshold && HnswNodes.IsThere(_nodes.At(slots[i])))
            {
                beam.Insert(slots[i], scores[i]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FetchFour(int* slots)
    {
        for (var i = 0; i < 4; i++)
        {
            Prefetch.Lines(HnswNodes.Code(_nodes.At(slots[i])), _nodes.CodeBytes);
        }
    }
}
