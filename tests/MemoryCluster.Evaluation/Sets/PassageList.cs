namespace MemoryCluster.Evaluation.Sets;

/// <summary>Distinct passages in the order in which they were met.</summary>
internal sealed class PassageList
{
    private readonly OrderedDictionary<string, int> _positions = new(StringComparer.Ordinal);

    public IReadOnlyList<string> All => _positions.Keys;

    public int Add(string passage)
    {
        _ = _positions.TryAdd(passage, _positions.Count, out var index);
        return index;
    }

    public int? Find(string passage) => _positions.TryGetValue(passage, out var position) ? position : null;
}
