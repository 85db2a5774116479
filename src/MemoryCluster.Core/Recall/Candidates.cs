namespace MemoryCluster.Recall;

/// <summary>What a shard's channels found, with the features by which it is ranked. One per thread, used again.</summary>
internal sealed class Candidates
{
    private const int FeatureCount = (int)Feature.End;

    [ThreadStatic]
    private static Candidates? current;

    private readonly OrdinalNumbers _numbers = new();
    private float[] _features = new float[512 * FeatureCount];

    public static Candidates Current => current ??= new Candidates();

    public TermRows Rows { get; } = new();

    public QueryTimes Times { get; } = new();

    public OrdinalNumbers Sessions { get; } = new();

    public ReadOnlySpan<int> Ordinals => _numbers.Ordinals;

    public Span<float> FeaturesOf(int number) => _features.AsSpan(number * FeatureCount, FeatureCount);

    /// <summary>The candidate's number; it becomes one if it was none.</summary>
    public int Add(int ordinal)
    {
        var known = _numbers.Count;
        var number = _numbers.NumberOf(ordinal);
        if (number == known)
        {
            if (_features.Length < _numbers.Count * FeatureCount)
            {
                Array.Resize(ref _features, 2 * _features.Length);
            }

            FeaturesOf(number).Clear();
        }

        return number;
    }

    /// <summary>The candidate's number; -1 where it is none.</summary>
    public int Find(int ordinal) => _numbers.Find(ordinal);

    public void Clear()
    {
        _numbers.Clear();
        Rows.Clear();
        Sessions.Clear();
    }
}
