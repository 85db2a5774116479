using System.Globalization;
using MemoryCluster.Consolidation;
using MemoryCluster.Records;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <summary>
/// Makes insights over families of advice, and takes back those that misled. A family is a component of first neighbours (FINCH, Sarfraz et
/// al. 2019, the first partition), found from one changed memory outwards, so that a pass costs what has changed and not what there is.
/// </summary>
internal sealed class InsightWork(ShardState state, ShardId shard, MemoryIds ids)
{
    public const string Reason = "abstracted";

    // A shard of fewer texts does not tell what everybody says.
    private const int TextsMin = 500;

    // Who may have a memory for its first neighbour is looked for among this many of its own.
    private const int Neighbours = 8;

    private readonly NeighbourSearch _neighbours = new(state);

    /// <summary>What could be said of the family of a memory; null where it has none, or nothing that one text could hold.</summary>
    public InsightDraft? Draft(MemoryId id, ConsolidationPolicy policy)
    {
        if (policy.FamilySimilarity >= 1 || state.Find(id) is not { } entry || !PairRules.IsAdvice(entry.Record.Kind) || !PairRules.TakesPart(entry.Record)
            || !state.Spaces.Own.Contains(entry.Ordinal))
        {
            return null;
        }

        var family = new Family(state, entry, policy);
        foreach (var (member, similarity) in LinkedWith(entry, policy))
        {
            family.TryAdd(member, similarity);
        }

        return family.ToDraft();
    }

    /// <summary>Writes an insight if its members still stand as they did when it was worded; null where they do not.</summary>
    public Step<ConsolidationStep?> Write(InsightDraft draft, Embedding embedding, TeamPolicy policy, PendingBatch batch)
    {
        var loosening = Loosening.OfReplacing(state, draft.Replaces);
        if (draft.Members.Any(member => batch.Touches(member.Id.Value)) || loosening.Touched.Any(touched => batch.Touches(touched.Value)))
        {
            return new Step<ConsolidationStep?>.Wait();
        }

        if (draft.Members.Any(member => state.Find(member.Id)?.Record is not { } now || now.Version != member.Version || now.Consolidation?.Id != member.Consolidation?.Id
            || now.Course != member.Course))
        {
            return new Step<ConsolidationStep?>.Answer(null);
        }

        var insight = InsightOf(draft, policy, batch);
        var step = new ConsolidationStep
        {
            Id = new ConsolidationId(Hash128.Of("consolidation", insight.Id.ToString(), batch.NextSeq.ToString(CultureInfo.InvariantCulture))),
            Reason = ConsolidationReason.Abstracted,
            By = insight.Id,
            Memories = [.. draft.Members.Select(member => member.Id).Order()],
            Similarity = draft.Similarity,
        };
        var members = draft.Members.Select(member => Merged(loosening.Current(member.Id)!, step, embedding, batch.At)).ToList();
        var byId = members.ToDictionary(member => member.Id);
        insight = Loosening.WithStanding(insight, new MemoryStanding { Merged = step.Memories }, id => byId.GetValueOrDefault(id) ?? loosening.Current(id));
        loosening.Override(members);
        var writes = loosening.Puts()
            .Add(RecordWrite.Put(RecordCodec.KeyOf(insight.Id), RecordCodec.Encode(insight, embedding)))
            .AddRange(MemoryEnds.Delete(state, loosening.Gone));
        var mutation = new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = writes };
        return new Step<ConsolidationStep?>.Write([mutation], () => Apply(loosening, insight, embedding), step);
    }

    /// <summary>Takes an insight back that misled: its family stands for itself and is left alone.</summary>
    public Step<ConsolidationStep?> Dispel(MemoryId id, PendingBatch batch)
    {
        if (batch.Touches(id.Value))
        {
            return new Step<ConsolidationStep?>.Wait();
        }

        if (state.Find(id)?.Record is not { } insight || !InsightScore.IsSpent(insight))
        {
            return new Step<ConsolidationStep?>.Answer(null);
        }

        var family = insight.Standing!.Merged.Select(member => state.Find(member)?.Record).OfType<MemoryRecord>()
            .Where(member => insight.Provenance.DerivedFrom.Contains(member.Id)).ToArray();
        var loosening = Loosening.OfUndoing(state, family);
        if (loosening.Touched.Any(touched => batch.Touches(touched.Value)))
        {
            return new Step<ConsolidationStep?>.Wait();
        }

        var step = new ConsolidationStep
        {
            Id = family[0].Consolidation!.Id, Reason = ConsolidationReason.Dispelled, By = id, Memories = [.. family.Select(member => member.Id).Order()],
        };
        var ended = ConsolidationWork.EntryOf(family) with { EndedAt = batch.At, End = ConsolidationEnd.Dispelled };
        var writes = loosening.Puts().AddRange(MemoryEnds.Delete(state, loosening.Gone)).AddRange(state.Ended.Writes(ended));
        var mutation = new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = writes };
        return new Step<ConsolidationStep?>.Write([mutation], () => { state.Ended.Apply(ended); Apply(loosening, null, null); }, step);
    }

    private void Apply(Loosening loosening, MemoryRecord? insight, Embedding? embedding)
    {
        loosening.Apply();
        foreach (var gone in loosening.Gone)
        {
            state.Remove(gone);
        }

        if (insight is not null)
        {
            state.Put(insight, embedding);
        }
    }

    // Provenance is the union of all: whoever may see the insight might see each of the memories that it was made of.
    private MemoryRecord InsightOf(InsightDraft draft, TeamPolicy policy, PendingBatch batch)
    {
        var first = draft.Members[0];
        return new MemoryRecord
        {
            Id = ids.Next(batch.At),
            Version = 1,
            Seq = batch.NextSeq,
            Team = shard.Team,
            Kind = MemoryKind.Insight,
            Visibility = first.Visibility,
            State = draft.Members.Any(member => StateOf(member) == MemoryState.Candidate) ? MemoryState.Candidate : MemoryState.Active,
            Text = draft.Text,
            Tags = [.. draft.Members.SelectMany(member => member.Tags).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Provenance = new Provenance
            {
                User = first.Provenance.User,
                Agents = [.. draft.Members.SelectMany(member => member.Provenance.Agents).Distinct()],
                Resources = [.. draft.Members.SelectMany(member => member.Provenance.Resources).Distinct()],
                DerivedFrom = [.. draft.Members.Select(member => member.Id)],
            },
            Times = new MemoryTimes
            {
                CreatedAt = batch.At, UpdatedAt = batch.At, ValidFrom = first.Times.ValidFrom, ValidTo = first.Times.ValidTo, ExpiresAt = first.Times.ExpiresAt,
            },
            Utility = new MemoryUtility { Weight = WeightOf(draft.Members) },
            Reason = Reason,
            PolicyVersion = policy.Version,
        };
    }

    // What use has shown of each counts as often as it was used, and once for having been written.
    private static double WeightOf(ImmutableArray<MemoryRecord> members) =>
        members.Sum(member => (member.Utility.Uses + 1) * member.Utility.Weight) / members.Sum(member => member.Utility.Uses + 1.0);

    private static MemoryState StateOf(MemoryRecord member) => member.Consolidation?.WasState ?? member.State;

    private MemoryRecord Merged(MemoryRecord member, ConsolidationStep step, Embedding embedding, DateTimeOffset at) => member with
    {
        State = MemoryState.Merged,
        Course = null,
        Consolidation = new ConsolidationMark
        {
            Id = step.Id, Reason = step.Reason, By = step.By, At = at, Similarity = SimilarityTo(member, embedding), WasState = StateOf(member),
        },
    };

    private double SimilarityTo(MemoryRecord member, Embedding embedding) =>
        state.Find(member.Id) is { } entry && state.IsOwn(embedding) && state.Spaces.Own.Contains(entry.Ordinal) ? state.Spaces.Own.Score(embedding.Values, entry.Ordinal) : 0;

    // The component in the order in which it is reached, nearest links first. Each memory's neighbours are looked for once.
    private IEnumerable<(ShardEntry Member, double Similarity)> LinkedWith(ShardEntry start, ConsolidationPolicy policy)
    {
        var known = new Dictionary<int, List<(ShardEntry Entry, double Similarity)>>();
        var reached = new HashSet<int> { start.Ordinal };
        var waiting = new Queue<ShardEntry>([start]);
        while (waiting.TryDequeue(out var from) && reached.Count <= 2 * policy.FamilyMax)
        {
            var neighbours = NeighboursOf(from);
            for (var i = 0; i < neighbours.Count; i++)
            {
                var (neighbour, similarity) = neighbours[i];
                if (!reached.Contains(neighbour.Ordinal) && (i == 0 || (NeighboursOf(neighbour) is [var (first, _), ..] && first == from)))
                {
                    reached.Add(neighbour.Ordinal);
                    waiting.Enqueue(neighbour);
                    yield return (neighbour, similarity);
                }
            }
        }

        List<(ShardEntry Entry, double Similarity)> NeighboursOf(ShardEntry entry)
        {
            if (!known.TryGetValue(entry.Ordinal, out var neighbours))
            {
                known.Add(entry.Ordinal, neighbours = _neighbours.ByVector(entry, Neighbours, policy.FamilySimilarity, PairRules.MayMeet));
            }

            return neighbours;
        }
    }

    private sealed class Family
    {
        private readonly ShardState _state;
        private readonly ConsolidationPolicy _policy;
        private readonly ShardEntry _start;
        private readonly List<MemoryRecord> _members = [];
        private readonly List<ImmutableArray<Sentence>> _texts = [];
        private readonly List<Matter> _matters = [];
        private readonly List<MemoryId> _replaces = [];
        private double _similarity = 1;
        private string? _text;

        public Family(ShardState state, ShardEntry start, ConsolidationPolicy policy)
        {
            (_state, _policy, _start) = (state, policy, start);
            Add(start);
        }

        // Who contradicts one of the family, or makes it say more than one text may hold, stays outside.
        public void TryAdd(ShardEntry entry, double similarity)
        {
            var (members, texts, replaces) = (_members.Count, _texts.Count, _replaces.Count);
            Add(entry);
            var isFit = _members.Count <= _policy.FamilyMax && !Contradicts(texts) && SimilarityTo(entry) >= _policy.FamilySimilarity
                && Word() is { IsWhole: true } worded && Keep(worded.Text);
            if (isFit)
            {
                _similarity = Math.Min(_similarity, Math.Min(similarity, SimilarityTo(entry)));
                return;
            }

            _members.RemoveRange(members, _members.Count - members);
            _texts.RemoveRange(texts, _texts.Count - texts);
            _matters.RemoveRange(texts, _matters.Count - texts);
            _replaces.RemoveRange(replaces, _replaces.Count - replaces);
        }

        public InsightDraft? ToDraft() => _text is null ? null : new InsightDraft(_text, [.. InOrder().Select(pair => pair.Member)], [.. _replaces], _similarity);

        private void Add(ShardEntry entry)
        {
            if (!PairRules.IsMade(entry.Record))
            {
                AddMember(entry.Record);
                return;
            }

            _replaces.Add(entry.Record.Id);
            foreach (var id in entry.Record.Provenance.DerivedFrom)
            {
                if (_state.Find(id) is { } member)
                {
                    AddMember(member.Record);
                }
            }
        }

        private void AddMember(MemoryRecord member)
        {
            _members.Add(member);
            _texts.Add(Sentences.Of(member.Text));
            _matters.Add(Matter.Of(_texts[^1], stem => _state.Lexical.RarityOf(stem, TextsMin)));
        }

        private bool Contradicts(int first) =>
            _texts.Take(first).Any(earlier => _texts.Skip(first).Any(later => PairRules.Contradict(earlier, later)))
            || _matters.Take(first).Any(earlier => _matters.Skip(first).Any(later => !earlier.MayJoin(later)));

        private double SimilarityTo(ShardEntry entry) => _state.Spaces.Own.Score(_state.Spaces.Likeness(_start.Ordinal), entry.Ordinal);

        private (string Text, bool IsWhole) Word() => ExtractiveSummary.Of([.. InOrder().Select(pair => pair.Text)], _policy.InsightCharsMax);

        private bool Keep(string text)
        {
            _text = text;
            return true;
        }

        private IEnumerable<(MemoryRecord Member, ImmutableArray<Sentence> Text)> InOrder() =>
            _members.Zip(_texts).OrderBy(pair => pair.First.Times.CreatedAt).ThenBy(pair => pair.First.Id);
    }
}
