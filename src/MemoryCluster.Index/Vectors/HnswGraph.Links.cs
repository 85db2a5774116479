namespace MemoryCluster.Index.Vectors;

/// <content>How links are chosen, and what becomes of them when a node goes.</content>
internal sealed unsafe partial class HnswGraph
{
    private const int CandidatesMax = 512;

    private static int LinksMaxOf(int layer) => layer == 0 ? HnswNodes.LinksMax : HnswLayer.LinksMax;

    private int Choose(ref Beam beam, float queryScale, int* chosen)
    {
        var slots = stackalloc int[BuildWidth];
        var scores = stackalloc float[BuildWidth];
        for (var rank = 0; rank < beam.Count; rank++)
        {
            slots[rank] = beam.Slot(rank);
            scores[rank] = beam.Score(rank) * queryScale;
        }

        return Choose(slots, scores, beam.Count, LinksOfNew, chosen);
    }

    // Malkov and Yashunin 2018, Alg. 4: of candidates, best first, one is kept if it is nearer to the node than to any kept before it.
    private int Choose(int* slots, float* scores, int count, int max, int* chosen)
    {
        var asking = SearchScratch.OfThisThread.AskingCode(_nodes.CodeBytes);
        var kept = 0;
        for (var i = 0; i < count && kept < max; i++)
        {
            var node = _nodes.At(slots[i]);
            _nodes.AskAs(node, asking);
            if (IsNearerThanToAny(asking, scores[i] / HnswNodes.Scale(node), chosen, kept))
            {
                chosen[kept++] = slots[i];
            }
        }

        return kept;
    }

    private bool IsNearerThanToAny(byte* asking, float score, int* kept, int count)
    {
        for (var i = 0; i < count; i += 4)
        {
            var scores = _nodes.ScoreAsked(
                asking,
                _nodes.At(kept[i]),
                _nodes.At(kept[Math.Min(i + 1, count - 1)]),
                _nodes.At(kept[Math.Min(i + 2, count - 1)]),
                _nodes.At(kept[Math.Min(i + 3, count - 1)]));
            if (System.Runtime.Intrinsics.Vector128.GreaterThanOrEqualAny(scores, System.Runtime.Intrinsics.Vector128.Create(score)))
            {
                return false;
            }
        }

        return true;
    }

    private void Connect(int slot, int layer, ReadOnlySpan<int> chosen)
    {
        SetLinks(slot, layer, chosen);
        foreach (var neighbour in chosen)
        {
            LinkTo(neighbour, slot, layer);
        }
    }

    private void SetLinks(int slot, int layer, ReadOnlySpan<int> chosen)
    {
        var links = LinksOf(slot, layer, out _);
        chosen.CopyTo(new Span<int>(links, chosen.Length));
        SetCount(slot, layer, chosen.Length);
    }

    private void SetCount(int slot, int layer, int count)
    {
        if (layer > 0)
        {
            _upper[layer - 1].SetCount(slot, count);
        }
        else
        {
            HnswNodes.SetCount(_nodes.At(slot), count);
        }
    }

    // A full list is chosen anew from what it held and the newcomer.
    private void LinkTo(int slot, int newcomer, int layer)
    {
        var links = LinksOf(slot, layer, out var count);
        if (new ReadOnlySpan<int>(links, count).Contains(newcomer))
        {
            return;
        }

        if (count < LinksMaxOf(layer))
        {
            links[count] = newcomer;
            SetCount(slot, layer, count + 1);
            return;
        }

        Relink(slot, layer, newcomer, [newcomer]);
    }

    // Chooses a node's links anew from those it has, less one, and others that are offered.
    private void Relink(int slot, int layer, int without, ReadOnlySpan<int> offered)
    {
        var slots = stackalloc int[CandidatesMax + 4];
        var links = LinksOf(slot, layer, out var count);
        var candidates = 0;
        for (var i = 0; i < count + offered.Length && candidates < CandidatesMax; i++)
        {
            var candidate = i < count ? links[i] : offered[i - count];
            if (candidate != slot && (i >= count || candidate != without) && IsOn(candidate, layer)
                && !new ReadOnlySpan<int>(slots, candidates).Contains(candidate))
            {
                slots[candidates++] = candidate;
            }
        }

        var scores = stackalloc float[CandidatesMax + 4];
        var sorted = SortByScoreTo(slot, slots, scores, candidates);
        var chosen = stackalloc int[HnswNodes.LinksMax + HnswLayer.LinksMax];
        SetLinks(slot, layer, new ReadOnlySpan<int>(chosen, Choose(sorted, scores, candidates, LinksMaxOf(layer), chosen)));
    }

    private int* SortByScoreTo(int slot, int* slots, float* scores, int count)
    {
        var scratch = SearchScratch.OfThisThread;
        var asking = scratch.AskingCode(_nodes.CodeBytes);
        var node = _nodes.At(slot);
        _nodes.AskAs(node, asking);
        for (var i = count; i < count + 3 && count > 0; i++)
        {
            slots[i] = slots[count - 1];
        }

        for (var i = 0; i < count; i += 4)
        {
            var four = _nodes.ScoreAsked(asking, _nodes.At(slots[i]), _nodes.At(slots[i + 1]), _nodes.At(slots[i + 2]), _nodes.At(slots[i + 3]));
            for (var j = 0; j < 4; j++)
            {
                scores[i + j] = -four[j] * HnswNodes.Scale(node);
            }
        }

        new Span<float>(scores, count).Sort(new Span<int>(slots, count));
        for (var i = 0; i < count; i++)
        {
            scores[i] = -scores[i];
        }

        return slots;
    }

    /// <summary>
    /// Takes a node out: at once for searches, then out of the lists of those around it, which are offered its neighbours instead. A link
    /// to it from farther off may stay and is passed over.
    /// </summary>
    public void Remove(int slot)
    {
        var node = _nodes.At(slot);
        var top = TopOf(slot);
        *node = 0;
        _ordinals.Clear(slot);
        Count--;
        for (var layer = top; layer >= 0; layer--)
        {
            Mend(slot, layer);
            if (layer > 0)
            {
                _upper[layer - 1].Remove(slot);
            }
        }

        if (slot == _entry)
        {
            Volatile.Write(ref _entry, NextEntry());
        }
    }

    private void Mend(int slot, int layer)
    {
        var links = LinksOf(slot, layer, out var count);
        var neighbours = new ReadOnlySpan<int>(links, count).ToArray();
        var around = new HashSet<int>(neighbours);
        foreach (var neighbour in neighbours)
        {
            AddLinks(around, neighbour, layer);
        }

        around.Remove(slot);
        foreach (var other in around.Where(other => IsOn(other, layer)).Order())
        {
            if (new ReadOnlySpan<int>(LinksOf(other, layer, out var others), others).Contains(slot))
            {
                Relink(other, layer, slot, neighbours);
            }
        }

        // Who was reached through the node alone is reached from its own nearest now.
        foreach (var neighbour in neighbours)
        {
            if (IsOn(neighbour, layer) && LinksOf(neighbour, layer, out var own) is var list && own > 0 && IsOn(list[0], layer))
            {
                LinkTo(list[0], neighbour, layer);
            }
        }
    }

    private void AddLinks(HashSet<int> slots, int slot, int layer)
    {
        foreach (var link in new ReadOnlySpan<int>(LinksOf(slot, layer, out var count), count))
        {
            slots.Add(link);
        }
    }

    private int NextEntry()
    {
        for (var layer = LayersMax; layer > 0; layer--)
        {
            if (_upper[layer - 1].Count > 0)
            {
                return _upper[layer - 1].AnySlot();
            }
        }

        for (var slot = 0; slot < _end; slot++)
        {
            if (HnswNodes.IsThere(_nodes.At(slot)))
            {
                return slot;
            }
        }

        return -1;
    }
}
