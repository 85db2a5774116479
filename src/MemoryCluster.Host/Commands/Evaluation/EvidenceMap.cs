namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>Which passages a memory stands for: its own, and those that were merged into it.</summary>
internal sealed class EvidenceMap
{
    private readonly Dictionary<string, HashSet<string>> _evidenceByMemory = new(StringComparer.Ordinal);

    public void Add(string memoryId, string evidenceId)
    {
        if (!_evidenceByMemory.TryGetValue(memoryId, out var evidence))
            _evidenceByMemory[memoryId] = evidence = new HashSet<string>(StringComparer.Ordinal);
        evidence.Add(evidenceId);
    }

    /// <summary>The share of the gold passages that the first k memories stand for.</summary>
    public double RecallAt(int k, IReadOnlyList<string> memoryIds, IReadOnlyList<string> gold)
    {
        var found = memoryIds.Take(k).Where(_evidenceByMemory.ContainsKey).SelectMany(id => _evidenceByMemory[id]).ToHashSet(StringComparer.Ordinal);
        return (double)gold.Count(found.Contains) / gold.Count;
    }
}
