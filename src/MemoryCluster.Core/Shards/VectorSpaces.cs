using System.Buffers;
using MemoryCluster.Index;
using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Shards;

/// <summary>
/// A shard's vectors, a space for each model that made them: vectors of two models are never compared. While a shard moves from one model
/// to another every memory is in exactly one space, and a search with vectors of both finds all of them.
/// </summary>
internal sealed class VectorSpaces(EmbedderModel model)
{
    private const ulong Seed = 1;

    private const int SampleMax = 64;

    // A space of nothing but the same text has no way left to go.
    private const float WayMin = 1e-3f;

    private readonly Dictionary<EmbedderModel, TieredVectorIndex> _others = [];

    /// <summary>The model that new vectors are made by.</summary>
    public EmbedderModel Model { get; private set; } = model;

    /// <summary>The vectors of <see cref="Model"/>.</summary>
    public TieredVectorIndex Own { get; private set; } = new(model.Dimensions, Seed);

    /// <summary>Vectors of every model.</summary>
    public int Count => Own.Count + _others.Values.Sum(space => space.Count);

    /// <summary>Those that are not held in full.</summary>
    public int PackedCount => Own.PackedCount + _others.Values.Sum(space => space.PackedCount);

    /// <summary>The models that have vectors here.</summary>
    public ImmutableArray<string> Models => [.. Held.Select(space => space.Model.Id)];

    /// <summary>The spaces that are not empty.</summary>
    public IEnumerable<(EmbedderModel Model, TieredVectorIndex Index)> Held =>
        _others.Select(space => (space.Key, space.Value)).Prepend((Model, Own)).Where(space => space.Item2.Count > 0);

    /// <summary>Makes a model the one that vectors move to.</summary>
    public void Use(EmbedderModel model)
    {
        if (model == Model)
        {
            return;
        }

        if (Own.Count > 0)
        {
            _others.Add(Model, Own);
        }

        Own = _others.Remove(model, out var known) ? known : new TieredVectorIndex(model.Dimensions, Seed);
        Model = model;
    }

    /// <summary>Takes whole spaces in, before anything was added.</summary>
    public void Adopt(IReadOnlyDictionary<EmbedderModel, TieredVectorIndex> spaces)
    {
        foreach (var (model, index) in spaces)
        {
            if (model == Model)
            {
                Own = index;
            }
            else
            {
                _others.Add(model, index);
            }
        }
    }

    /// <summary>Whether exactly this vector is held, or its code where it is not held in full, or none where it is null.</summary>
    public bool Holds(int ordinal, Embedding? embedding)
    {
        var (model, index) = Held.FirstOrDefault(space => space.Index.Contains(ordinal));
        if (index is null || embedding is null)
        {
            return index is null && embedding is null;
        }

        return model.Id == embedding.Model && model.Dimensions == embedding.Dimensions && index.Holds(ordinal, embedding.Values);
    }

    /// <summary>Bits a component of the vector as it is held; 0 where there is none.</summary>
    public int BitsOf(int ordinal) => Own.BitsOf(ordinal) is > 0 and var bits
        ? bits
        : _others.Values.Select(space => space.BitsOf(ordinal)).FirstOrDefault(other => other > 0);

    public void Add(int ordinal, Embedding embedding, int bits = TieredVectorIndex.FullBits)
    {
        var model = new EmbedderModel(embedding.Model, embedding.Dimensions);
        if (model != Model && !_others.ContainsKey(model))
        {
            _others.Add(model, new TieredVectorIndex(model.Dimensions, Seed));
        }

        (model == Model ? Own : _others[model]).Add(ordinal, embedding.Values, bits);
    }

    public void Remove(int ordinal)
    {
        if (Own.Remove(ordinal))
        {
            return;
        }

        foreach (var (model, index) in _others)
        {
            if (index.Remove(ordinal))
            {
                if (index.Count == 0)
                {
                    _others.Remove(model);
                }

                return;
            }
        }
    }

    /// <summary>The vector, whatever model made it; null where there is none, or none in full.</summary>
    public Embedding? Find(int ordinal)
    {
        foreach (var (model, index) in Held)
        {
            if (index.Contains(ordinal))
            {
                var values = new float[model.Dimensions];
                return index.TryCopyTo(ordinal, values) ? Embedding.FromVector(model.Id, values) : null;
            }
        }

        return null;
    }

    /// <summary>A vector of <see cref="Own"/> to compare others with, or what is nearest to it of what is held: never to be written down.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public float[] Likeness(int ordinal)
    {
        var values = new float[Model.Dimensions];
        return Own.TryRestore(ordinal, values) ? values : throw new KeyNotFoundException($"Ordinal {ordinal} has no vector of {Model.Id}.");
    }

    /// <summary>Gives back the memory of what was removed, moving so many vectors of each kind at most.</summary>
    public void Trim(int movesMax)
    {
        foreach (var (_, index) in Held)
        {
            index.Trim(movesMax);
        }
    }

    /// <summary>Whether the vectors of a question reach every vector held.</summary>
    public bool AreAllReachedBy(ImmutableArray<Embedding> queries) =>
        !queries.IsEmpty && Held.All(space => Among(queries, space.Model) is not null);

    /// <summary>
    /// The nearest in every space that the question has a vector for, best first. Scores of two models are not alike, but for 1, which says
    /// the same text; so where there are several each is given as the part that it has gone of the way from its space's middle score to 1.
    /// </summary>
    public int Search<TFilter>(ImmutableArray<Embedding> queries, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        if (_others.Count == 0)
        {
            return Among(queries, Model) is { } only ? Own.Search(only.Values, hits, filter) : 0;
        }

        var found = new List<(float Way, ScoredOrdinal Hit)>();
        var buffer = ArrayPool<ScoredOrdinal>.Shared.Rent(hits.Length);
        try
        {
            foreach (var (model, index) in Held)
            {
                if (Among(queries, model) is { } query)
                {
                    var middle = MiddleOf(query, index, filter);
                    var count = index.Search(query.Values, buffer.AsSpan(0, hits.Length), filter);
                    found.AddRange(buffer.Take(count).Select(hit => ((hit.Score - middle) / Math.Max(WayMin, 1 - middle), hit)));
                }
            }
        }
        finally
        {
            ArrayPool<ScoredOrdinal>.Shared.Return(buffer);
        }

        var best = found.OrderByDescending(hit => hit.Way).ThenBy(hit => hit.Hit.Ordinal).Take(hits.Length)
            .Select(hit => hit.Hit with { Score = hit.Way }).ToArray();
        best.CopyTo(hits);
        return best.Length;
    }

    /// <summary>
    /// The vector of the question by which single memories can be scored as <see cref="Search"/> scores them: null where it has none, or
    /// where there are several spaces, whose middles only a search knows.
    /// </summary>
    public Embedding? OnlyOf(ImmutableArray<Embedding> queries) => _others.Count == 0 ? Among(queries, Model) : null;

    // Of some vectors that the caller may see: how near to the question what has nothing to do with it is.
    private static float MiddleOf<TFilter>(Embedding query, TieredVectorIndex index, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        Span<int> ordinals = stackalloc int[SampleMax];
        Span<float> scores = stackalloc float[SampleMax];
        scores = scores[..index.Sample(ordinals, filter)];
        index.Score(query.Values, ordinals[..scores.Length], scores);
        scores.Sort();
        return scores.IsEmpty ? 0 : scores[scores.Length / 2];
    }

    private static Embedding? Among(ImmutableArray<Embedding> queries, EmbedderModel model) =>
        queries.FirstOrDefault(query => query.Model == model.Id && query.Dimensions == model.Dimensions);
}
