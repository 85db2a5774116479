namespace MemoryCluster.LoadTests.Chaos;

/// <summary>Counts of a run, and every promise that was seen broken.</summary>
internal sealed class ChaosTally
{
    private const int ViolationsListedMax = 50;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _violations = [];

    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>The first of them; <see cref="ViolationCount"/> has all.</summary>
    public IReadOnlyList<string> Violations => _violations;

    public int ViolationCount { get; private set; }

    public int CountOf(string what)
    {
        lock (_lock)
            return _counts.GetValueOrDefault(what);
    }

    public void Count(string what, int by = 1)
    {
        lock (_lock)
            _counts[what] = _counts.GetValueOrDefault(what) + by;
    }

    public void Violate(string kind, string what)
    {
        lock (_lock)
        {
            ViolationCount++;
            if (_violations.Count < ViolationsListedMax)
                _violations.Add($"{kind}: {what}");
        }
    }
}
