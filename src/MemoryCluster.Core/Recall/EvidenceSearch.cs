using System.Buffers;
using MemoryCluster.Index;
using MemoryCluster.Index.Lexical;
using MemoryCluster.Shards;

namespace MemoryCluster.Recall;

/// <summary>
/// Finds candidates by words, meaning, nearness in a chat, time and the things that they name, and says of each what ranking asks.
/// Every number of candidates is bounded, so that a query costs the same ranking in a small shard and in a large one.
/// </summary>
/// <remarks>
/// Only what the caller may see lends evidence: the neighbours of a candidate, the hits whose things are followed and the holders that
/// they lead to all pass the filter. What is hidden still counts in how rare a word or a thing is, and takes up its place between turns.
/// </remarks>
internal readonly struct EvidenceSearch
{
    /// <summary>BM25's hits. Measured on long chats: below 50 the answers suffer.</summary>
    private const int LexicalDepthMin = 100;

    private const int VectorDepthMin = 48;

    /// <summary>BM25's hits beside which turns become candidates.</summary>
    private const int NeighboursOf = 32;

    /// <summary>BM25's hits within the days that a query names.</summary>
    private const int TemporalDepth = 32;

    private readonly ShardState _state;
    private readonly Candidates _found;
    private readonly RecallFilter _filter;
    private readonly RecallQuery _query;
    private readonly ImmutableArray<Embedding> _vectors;

    /// <param name="state">The shard.</param>
    /// <param name="query">The question.</param>
    /// <param name="filter">What the caller may see of the shard.</param>
    /// <param name="found">Where candidates go; what it held is lost.</param>
    public EvidenceSearch(ShardState state, ShardQuery query, RecallFilter filter, Candidates found)
    {
        _state = state;
        _query = query.Query;
        _vectors = query.Query.Channels.HasFlag(RecallChannels.Vector) ? query.Vectors : [];
        _filter = filter;
        _found = found;
    }

    private TermQuery Terms => _found.Rows.Terms;

    /// <summary>Fills the candidates and their features.</summary>
    public void Run(DateTimeOffset now)
    {
        _found.Clear();
        _state.Lexical.Read(_query.Text, Terms);
        _found.Times.Read(_query.Text, EvidenceMarks.DayOf(_query.AsOf ?? now));
        var lexicalDepth = Math.Max(LexicalDepthMin, 2 * _query.K);
        var vectorDepth = Math.Max(VectorDepthMin, 2 * _query.K);
        var buffer = ArrayPool<ScoredOrdinal>.Shared.Rent(lexicalDepth + vectorDepth);
        try
        {
            var byWords = buffer.AsSpan(0, lexicalDepth);
            byWords = byWords[..(Searches(RecallChannels.Lexical) || Searches(RecallChannels.Graph) ? SearchWords(byWords, _filter) : 0)];
            AddByVector(buffer.AsSpan(lexicalDepth, vectorDepth));
            if (Searches(RecallChannels.Lexical))
            {
                Add(byWords);
            }

            if (Searches(RecallChannels.Temporal) && _found.Times.NamesDays)
            {
                var inDays = buffer.AsSpan(lexicalDepth, Math.Min(vectorDepth, TemporalDepth));
                Add(inDays[..SearchWords(inDays, new DaysFilter(_filter, _state, _found.Times))]);
            }

            if (Searches(RecallChannels.Graph))
            {
                AddNeighbours(byWords[..Math.Min(NeighboursOf, byWords.Length)]);
            }

            Describe(0);
            if (Searches(RecallChannels.Graph))
            {
                var described = _found.Ordinals.Length;
                new LinkSearch(_state, _found, _filter).Run();
                Describe(described);
                DescribeSessions(byWords[..Math.Min(LexicalDepthMin, byWords.Length)]);
            }
        }
        finally
        {
            ArrayPool<ScoredOrdinal>.Shared.Return(buffer);
        }
    }

    private bool Searches(RecallChannels channel) => _query.Channels.HasFlag(channel);

    // The features know how near words stand by other means; quotations are meant word for word.
    private int SearchWords<TFilter>(Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter =>
        _state.Lexical.Search(_query.Text, hits, filter, withNeighbours: false);

    private void Add(ReadOnlySpan<ScoredOrdinal> hits)
    {
        foreach (var hit in hits)
        {
            _found.Add(hit.Ordinal);
        }
    }

    private void AddByVector(Span<ScoredOrdinal> hits)
    {
        foreach (var hit in hits[.._state.Spaces.Search(_vectors, hits, _filter)])
        {
            _found.FeaturesOf(_found.Add(hit.Ordinal))[(int)Feature.Meaning] = hit.Score;
        }
    }

    private void AddNeighbours(ReadOnlySpan<ScoredOrdinal> hits)
    {
        Span<int> around = stackalloc int[SourceOrder.AroundCount];
        foreach (var hit in hits)
        {
            _state.Sources.Around(hit.Ordinal, around);
            foreach (var beside in around)
            {
                if (beside >= 0 && _filter.Accepts(beside))
                {
                    _found.Add(beside);
                }
            }
        }
    }

    private void Describe(int first)
    {
        DescribeMeaning(first);
        for (var number = first; number < _found.Ordinals.Length; number++)
        {
            var ordinal = _found.Ordinals[number];
            var features = _found.FeaturesOf(number);
            var inChat = _state.Sources.SessionOf(ordinal) >= 0;
            DescribeWords(ordinal, inChat, features);
            DescribeMarks(ordinal, features);
            if (inChat)
            {
                features[(int)Feature.TurnWords] = features[(int)Feature.Words];
                features[(int)Feature.TurnRarest] = features[(int)Feature.Rarest];
            }
        }
    }

    // A candidate that the vectors did not find is scored by itself, or has 0: nothing to do with the query.
    private void DescribeMeaning(int first)
    {
        if (_state.Spaces.OnlyOf(_vectors) is not { } own)
        {
            return;
        }

        var ordinals = _found.Ordinals[first..];
        var scores = ArrayPool<float>.Shared.Rent(ordinals.Length);
        try
        {
            _state.Spaces.Own.Score(own.Values, ordinals, scores);
            for (var i = 0; i < ordinals.Length; i++)
            {
                _found.FeaturesOf(first + i)[(int)Feature.Meaning] = scores[i];
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    private void DescribeWords(int ordinal, bool inChat, Span<float> features)
    {
        if (Terms.Count == 0)
        {
            return;
        }

        var (words, rarest) = _found.Rows.Weigh(_found.Rows.RowOf(_state.Lexical, _filter, ordinal));
        features[(int)Feature.Words] = words / Terms.WeightTotal;
        features[(int)Feature.Rarest] = rarest / Terms.WeightMax;
        features[(int)Feature.Titled] = _state.Marks.ByOrdinal[ordinal].TitleTokens is > 0 and var title && _state.Lexical.BeginsWithin(Terms, ordinal, title) ? 1 : 0;
        if (inChat && Searches(RecallChannels.Graph))
        {
            features[(int)Feature.Beside] = new Neighbourhood(_state, _found.Rows).Score(ordinal, _filter) - features[(int)Feature.Words];
        }
    }

    private void DescribeMarks(int ordinal, Span<float> features)
    {
        ref readonly var mark = ref _state.Marks.ByOrdinal[ordinal];
        features[(int)Feature.Question] = mark.IsQuestion ? 1 : 0;
        features[(int)Feature.Names] = mark.Names ? 1 : 0;
        if (Searches(RecallChannels.Temporal))
        {
            features[(int)Feature.AnswersWhen] = mark.NamesTime && _found.Times.AsksWhen ? 1 : 0;
            features[(int)Feature.Occurred] = _found.Times.Match(mark.Day);
            features[(int)Feature.Told] = _found.Times.Meets(mark.Told) ? 1 : 0;
        }
    }

    // Of each session: how many of BM25's hits hold each of the terms, the second one counting less than the first.
    private void DescribeSessions(ReadOnlySpan<ScoredOrdinal> hits)
    {
        var holders = ArrayPool<int>.Shared.Rent(LexicalDepthMin * TermQuery.TermsMax);
        try
        {
            Array.Clear(holders);
            foreach (var hit in hits)
            {
                if (_state.Sources.SessionOf(hit.Ordinal) is >= 0 and var session)
                {
                    CountHolders(hit.Ordinal, holders.AsSpan(_found.Sessions.NumberOf(session) * TermQuery.TermsMax));
                }
            }

            Span<float> coverage = stackalloc float[_found.Sessions.Count];
            var most = 0f;
            for (var at = 0; at < coverage.Length; at++)
            {
                coverage[at] = Coverage(holders.AsSpan(at * TermQuery.TermsMax, Terms.Count));
                most = Math.Max(most, coverage[at]);
            }

            for (var number = 0; number < _found.Ordinals.Length && most > 0; number++)
            {
                if (_state.Sources.SessionOf(_found.Ordinals[number]) is >= 0 and var session && _found.Sessions.Find(session) is >= 0 and var at)
                {
                    _found.FeaturesOf(number)[(int)Feature.Session] = coverage[at] / most;
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(holders);
        }
    }

    private void CountHolders(int ordinal, Span<int> counts)
    {
        var frequencies = _found.Rows.FrequenciesOf(_found.Rows.RowOf(_state.Lexical, _filter, ordinal));
        for (var t = 0; t < frequencies.Length; t++)
        {
            counts[t] += frequencies[t] > 0 ? 1 : 0;
        }
    }

    private float Coverage(ReadOnlySpan<int> counts)
    {
        var sum = 0f;
        for (var t = 0; t < counts.Length; t++)
        {
            sum += Terms.Weights[t] * counts[t] / (counts[t] + 2f);
        }

        return sum;
    }

    private readonly struct DaysFilter(RecallFilter filter, ShardState state, QueryTimes times) : IOrdinalFilter
    {
        public bool Accepts(int ordinal)
        {
            ref readonly var mark = ref state.Marks.ByOrdinal[ordinal];
            return (times.Match(mark.Day) == 1 || times.Meets(mark.Told)) && filter.Accepts(ordinal);
        }
    }
}
