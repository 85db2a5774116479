using System.Globalization;

namespace MemoryCluster.Shards;

/// <summary>Numbers the distinct access labels of a shard, so that a search decides once per label and not once per memory.</summary>
internal sealed class LabelTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<MemoryRecord> _examples = [];

    public int Count => _examples.Count;

    /// <summary>A memory that carries the label: what is decided of it holds for all.</summary>
    public MemoryRecord Example(int label) => _examples[label];

    public int NumberOf(MemoryRecord record)
    {
        var provenance = record.Provenance;
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{(int)record.Visibility}\n{provenance.User?.Value}\n{string.Join(' ', provenance.Agents)}\n{string.Join(' ', provenance.Resources)}");
        if (!_numbers.TryGetValue(key, out var number))
        {
            number = _examples.Count;
            _numbers.Add(key, number);
            _examples.Add(record);
        }

        return number;
    }
}
