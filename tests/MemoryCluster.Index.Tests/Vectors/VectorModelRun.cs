using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

/// <summary>
/// Random additions, updates, deletions, filtered searches, snapshots and reloads, held against a dictionary and a brute-force scan:
/// what exists must agree exactly, and what is found nearly so.
/// </summary>
internal sealed class VectorModelRun : IDisposable
{
    private const int Dimensions = 24;
    private const int K = 10;

    // A few hundred vectors on either side of the switch from scan to graph, and all ways of a filtered search.
    private const int ScanMax = 300;
    private const int Ordinals = 1_600;

    private readonly Random _random;
    private readonly Mixture _mixture;
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly Dictionary<int, float[]> _model = [];
    private readonly FlatVectorIndex _oracle = new(Dimensions);
    private AdaptiveVectorIndex _index;
    private int _target = ScanMax;

    public VectorModelRun(int seed)
    {
        _random = new Random(seed);
        _mixture = new Mixture(Dimensions, 20, seed);
        _index = new AdaptiveVectorIndex(Dimensions, (ulong)seed, ScanMax);
    }

    public long Differences { get; private set; }

    public long Found { get; private set; }

    public long Expected { get; private set; }

    public int Searches { get; private set; }

    public int GraphSearches { get; private set; }

    public int Reloads { get; private set; }

    /// <summary>Lowest recall of any 200 searches in a row.</summary>
    public double LowestRecall { get; private set; } = 1;

    private (long Found, long Expected) _windowStart;

    public void Run(long operations)
    {
        for (var operation = 0L; operation < operations; operation++)
        {
            // The size wanders, so that the index grows into the graph and shrinks out of it again and again.
            if (operation % 4_000 == 0)
            {
                _target = _random.Next(Ordinals);
            }

            switch (_random.Next(100))
            {
                case < 30:
                    Change(_model.Count < _target);
                    break;
                case < 60:
                    Change(_random.Next(_target + 1) > _model.Count / 2);
                    break;
                case < 70:
                    Update();
                    break;
                case < 99:
                    SearchOnce();
                    break;
                default:
                    if (_random.Next(20) == 0)
                    {
                        Reload();
                    }

                    break;
            }
        }

        CompareAll();
    }

    private void Change(bool add)
    {
        var ordinal = _random.Next(Ordinals);
        if (add && !_model.ContainsKey(ordinal))
        {
            Put(ordinal);
        }
        else if (!add)
        {
            var was = _model.Remove(ordinal);
            Note(_index.Remove(ordinal) == was);
            _oracle.Remove(ordinal);
        }
    }

    private void Update()
    {
        var ordinal = _random.Next(Ordinals);
        if (_model.Remove(ordinal))
        {
            Note(_index.Remove(ordinal));
            _oracle.Remove(ordinal);
            Put(ordinal);
        }
    }

    private void Put(int ordinal)
    {
        var vector = _mixture.Next();
        _model.Add(ordinal, vector);
        _oracle.Add(ordinal, vector);
        _index.Add(ordinal, vector);
    }

    private void SearchOnce()
    {
        var query = _mixture.Next();
        var filter = new DivisibleBy(_random.Next(4) switch { 0 => 1, 1 => 2, 2 => 10, _ => 100 });
        var hits = new ScoredOrdinal[K];
        var expected = new ScoredOrdinal[K];
        var count = _index.Search(query, hits, filter);
        var expectedCount = _oracle.Search(query, expected, filter);
        Note(count == expectedCount);
        foreach (var hit in hits[..count])
        {
            Note(filter.Accepts(hit.Ordinal) && _model.ContainsKey(hit.Ordinal) && hit.Score == _oracle.Score(query, hit.Ordinal));
        }

        Found += hits[..count].Intersect(expected[..expectedCount]).Count();
        Expected += expectedCount;
        GraphSearches += _index.IsGraph ? 1 : 0;
        if (++Searches % 200 == 0 && Expected > _windowStart.Expected)
        {
            LowestRecall = Math.Min(LowestRecall, (Found - _windowStart.Found) / (double)(Expected - _windowStart.Expected));
            _windowStart = (Found, Expected);
        }
    }

    private void Reload()
    {
        IndexFile.Save(_index, _path);
        _index = IndexFile.Load(_path, ScanMax);
        Reloads++;
        CompareAll();
    }

    private void CompareAll()
    {
        Note(_index.Count == _model.Count);
        var copy = new float[Dimensions];
        for (var ordinal = 0; ordinal < Ordinals; ordinal++)
        {
            Note(_index.Contains(ordinal) == _model.TryGetValue(ordinal, out var vector));
            Note(_index.TryCopyTo(ordinal, copy) ? vector is not null && copy.AsSpan().SequenceEqual(vector) : vector is null);
        }
    }

    private void Note(bool agrees) => Differences += agrees ? 0 : 1;

    public void Dispose() => File.Delete(_path);
}
