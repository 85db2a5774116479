using System.Globalization;
using MemoryCluster.Consolidation;
using MemoryCluster.Records;
using MemoryCluster.Shards.Writing;
using MemoryCluster.Summaries;
using MemoryCluster.Timelines;

namespace MemoryCluster.Shards;

/// <summary>
/// Says which summaries a model may word, and takes what it wrote. Insights wait by what is stored of them; of timelines what somebody has read is
/// worded, and a crash forgets no more than that it was. Nothing is written that its sources do not bear out as they are then.
/// </summary>
internal sealed class SummaryWork(ShardState state)
{
    // Some 6,000 tokens: twenty summaries of the longest kind.
    private const int SourceCharsMax = 24_000;
    private const int WantedMax = 256;
    private const int ExtractsMax = 64;

    // Of a turn: an insight costs a hash, a node may cost a tree.
    private const int InsightsLookedMax = 256;
    private const int NodesLookedMax = 4;

    private readonly Queue<(TimelineScope Scope, Guid Content)> _wanted = new();
    private readonly HashSet<Guid> _wantedContents = [];
    private MemoryId _lastInsight;
    private bool _isInsightsTurn;

    /// <summary>Whether some may wait for a model; those that it was refused of among them.</summary>
    public bool HasSome => _wanted.Count > 0 || state.Written.Extracted.Count > 0;

    /// <summary>What a model has worded of a node; null where that is yet to be, and is wanted from now on.</summary>
    public WrittenSummary? Told(TimelineScope scope, TreeNode node)
    {
        if (node.Level == 0)
        {
            return null;
        }

        if (state.Written.Find(node.Content) is { } summary)
        {
            return summary.Text is null ? null : summary;
        }

        if (node.Count <= WrittenSummaries.SourcesMax && _wanted.Count < WantedMax && _wantedContents.Add(node.Content))
        {
            _wanted.Enqueue((scope, node.Content));
        }

        return null;
    }

    /// <summary>A summary that may be worded, an insight's and a timeline's in turn; null where there is none.</summary>
    /// <param name="policy">The team's.</param>
    /// <param name="model">Who would word it: what this one's wording was refused of is not asked of it again.</param>
    /// <param name="now">For what has expired.</param>
    public SummaryProposal? Next(ConsolidationPolicy policy, string model, DateTimeOffset now)
    {
        if (!policy.WriteSummaries)
        {
            _wanted.Clear();
            _wantedContents.Clear();
            return null;
        }

        _isInsightsTurn = !_isInsightsTurn;
        return _isInsightsTurn
            ? NextInsight(policy, model, now) ?? NextNode(model, now)
            : NextNode(model, now) ?? NextInsight(policy, model, now);
    }

    /// <summary>Writes what a model worded, or that it was refused, if every source is there as it was; false where one is not.</summary>
    /// <param name="proposal">What was asked.</param>
    /// <param name="summary">What came of it.</param>
    /// <param name="embedding">Of an insight that was taken.</param>
    /// <param name="batch">What else is being written.</param>
    public Step<bool> Write(SummaryProposal proposal, WrittenSummary summary, Embedding? embedding, PendingBatch batch)
    {
        if (proposal.Sources.Any(source => batch.Touches(source.Id.Value)) || batch.Touches(WrittenSummaryCodec.KeyOf(summary.Content).Value))
        {
            return new Step<bool>.Wait();
        }

        if (!proposal.Sources.All(source => state.Find(source.Id)?.Record is { } now && now.Version == source.Version && !IsOver(now, batch.At)))
        {
            return new Step<bool>.Answer(false);
        }

        if (state.Written.Find(summary.Content) is { Text: not null })
        {
            return new Step<bool>.Answer(true);
        }

        if (proposal.IsInsight && summary.Text is not null)
        {
            return WriteInsight(summary, embedding!, batch);
        }

        // whoever changes or deletes one of them must find what tells of it
        foreach (var source in proposal.Sources)
        {
            batch.Touch(source.Id.Value);
        }

        var stamped = summary with { Written = summary.Written with { At = batch.At } };
        var mutation = new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = state.Written.Writes(stamped) };
        return new Step<bool>.Write([mutation], () => state.Written.Apply(stamped), true);
    }

    private Step<bool> WriteInsight(WrittenSummary summary, Embedding embedding, PendingBatch batch)
    {
        var current = state.Find(new MemoryId(summary.What))!.Record;
        if (!PairRules.IsMade(current) || current.Written is not null)
        {
            return new Step<bool>.Answer(false);
        }

        var extracted = new MemoryRevision
        {
            Version = current.Version, Seq = current.Seq, At = current.Times.UpdatedAt, By = current.UpdatedBy, Text = current.Text, Tags = current.Tags,
            Metadata = current.Metadata, Visibility = current.Visibility, ValidTo = current.Times.ValidTo,
        };
        var kept = current.Revisions.Length < MemoryRecord.RevisionsMax ? current.Revisions : current.Revisions.RemoveAt(0);
        var worded = current with
        {
            Version = current.Version + 1, Seq = batch.NextSeq, Text = summary.Text!, Revisions = kept.Add(extracted),
            Times = current.Times with { UpdatedAt = batch.At }, Written = summary.Written with { At = batch.At },
        };
        var write = RecordWrite.Put(RecordCodec.KeyOf(worded.Id), RecordCodec.Encode(worded, embedding));
        var mutation = new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = [write, .. MemoryEnds.Unsay(state, [worded.Id])] };
        return new Step<bool>.Write([mutation], () => state.Put(worded, embedding), true);
    }

    private SummaryProposal? NextInsight(ConsolidationPolicy policy, string model, DateTimeOffset now)
    {
        var extracted = state.Written.Extracted;
        var end = new MemoryId(Guid.AllBitsSet);
        foreach (var id in extracted.GetViewBetween(_lastInsight, end).Where(id => id != _lastInsight).Concat(extracted).Take(InsightsLookedMax))
        {
            _lastInsight = id;
            var insight = state.Find(id)!.Record;
            var content = Hash128.Of("insight", id.ToString(), insight.Version.ToString(CultureInfo.InvariantCulture));
            ImmutableArray<string> texts = [.. insight.Text.Split('\n')];
            if (!IsOver(insight, now) && insight.Text.Length <= SourceCharsMax && !IsRefused(content, model))
            {
                return new SummaryProposal(id.Value, true, content, [new SummarySource(id, insight.Version)], new SummaryRequest(texts, policy.InsightCharsMax));
            }
        }

        return null;
    }

    // A node that has changed since it was read is not there any more; who reads it again wants it again.
    private SummaryProposal? NextNode(string model, DateTimeOffset now)
    {
        for (var looked = 0; looked < NodesLookedMax && _wanted.TryDequeue(out var wanted); looked++)
        {
            _wantedContents.Remove(wanted.Content);
            if (!IsRefused(wanted.Content, model) && state.Written.Find(wanted.Content)?.Text is null
                && Find(wanted.Scope, wanted.Content, now) is var (tree, node) && ProposalOf(tree, node) is { } proposal)
            {
                return proposal;
            }
        }

        return null;
    }

    private (TimeTree Tree, TreeNode Node)? Find(TimelineScope scope, Guid content, DateTimeOffset now)
    {
        foreach (var tree in state.Timelines.Of(scope, now))
        {
            for (var level = 1; level <= tree.Top; level++)
            {
                foreach (var node in tree.At(level))
                {
                    if (node.Content == content)
                    {
                        return (tree, node);
                    }
                }
            }
        }

        return null;
    }

    // Of what its children say in their own sentences: a model's words are one step away from what was said, and never of a model's words.
    private SummaryProposal? ProposalOf(TimeTree tree, TreeNode node)
    {
        var left = ExtractsMax;
        if (!state.Timelines.TrySumUp(tree, node, ref left))
        {
            return null;
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var child in tree.ChildrenOf(node))
        {
            texts.Add(child.Summary!);
        }

        var sources = ImmutableArray.CreateBuilder<SummarySource>(node.Count);
        AddLeaves(tree, node, sources);
        return texts.Sum(text => text.Length) > SourceCharsMax
            ? null
            : new SummaryProposal(
                tree.IdOf(node), false, node.Content, sources.MoveToImmutable(), new SummaryRequest(texts.ToImmutable(), TreeSummary.CharsMax));
    }

    private static void AddLeaves(TimeTree tree, TreeNode node, ImmutableArray<SummarySource>.Builder leaves)
    {
        if (node.Entry is { } entry)
        {
            leaves.Add(new SummarySource(entry.Record.Id, entry.Record.Version));
        }

        foreach (var child in tree.ChildrenOf(node))
        {
            AddLeaves(tree, child, leaves);
        }
    }

    private bool IsRefused(Guid content, string model) => state.Written.Find(content) is { Text: null } refused && refused.Written.Model == model;

    private static bool IsOver(MemoryRecord memory, DateTimeOffset now) => memory.Times.ExpiresAt is { } expires && expires <= now;
}
