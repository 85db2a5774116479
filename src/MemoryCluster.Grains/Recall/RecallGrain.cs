using MemoryCluster.Access;
using MemoryCluster.Grains.Embedders;
using MemoryCluster.Grains.Hosting;
using MemoryCluster.Grains.Shards;
using MemoryCluster.Grains.Tenants;
using MemoryCluster.Recall;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace MemoryCluster.Grains.Recall;

/// <summary>Answers recalls: directory beside vector, shards in parallel under a deadline, one page of what they found.</summary>
[StatelessWorker, Reentrant]
internal sealed partial class RecallGrain(
    DirectoryCache directories,
    EmbedderCatalog embedders,
    HeldModels held,
    RecallReranking reranking,
    TimeProvider clock,
    IRandomSource chance,
    IOptions<RecallOptions> options,
    ILogger<RecallGrain> logger)
    : Grain, IRecallGrain
{
    private readonly Random _random = chance.Next();

    // A team's shards are split one after another, and each takes longer than a recall.
    private const int SplitsMax = 16;

    public async Task<RecallAnswer> RecallAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        for (var splits = 0; ; splits++)
        {
            try
            {
                return await RecallOnceAsync(query, cancellationToken);
            }
            catch (MemoryClusterException e) when (e.IsSplit() && splits < SplitsMax)
            {
                // the directory knows by now who has taken over, and the page is asked for anew
            }
        }
    }

    private async Task<RecallAnswer> RecallOnceAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        var known = embedders.ModelFor(directories.Known(query.Caller.Tenant));
        var embedding = EmbedAsync(query, known, cancellationToken);
        var directory = await directories.GetAsync(query.Caller.Tenant, cancellationToken);
        var team = directory.Require(query.Team);
        if (query.Caller.Agent is { } agent)
        {
            team.Require(agent);
        }

        var targets = RecallTargets.Of(query, team, directory, options.Value.ForeignTeamsMax);
        var others = ModelsOf(targets, embedders.ModelFor(directory)).Where(model => model != known);
        var vectors = await Task.WhenAll(others.Select(model => EmbedAsync(query, model, cancellationToken)).Append(embedding));
        var question = new ShardQuery(query, [.. vectors.OfType<Embedding>()], directory.Version, reranking.CandidatesMax);
        var answers = await AskAllAsync(targets, question, cancellationToken);
        var own = answers[..targets.Own.Length];
        CheckMinSeq(query, own);

        var answered = answers.OfType<ShardAnswer>().ToArray();
        var hits = await PageAsync(answered, query, cancellationToken);
        var id = RecallId.New(clock.GetUtcNow(), unchecked((ulong)_random.NextInt64()), team.Number);
        if (own[0] is not null)
        {
            var note = new RecallNote(id, query.Caller.Key, [.. hits.Select(hit => hit.Memory.Id)]) { Stage = query.Stage };
            await NoteAsync(query.Caller.Tenant, team, note, cancellationToken);
        }

        return new RecallAnswer
        {
            Id = id,
            Hits = hits,
            ShardsAsked = answers.Length,
            ShardsAnswered = answered.Length,
            Partial = targets.LeftOut || answered.Length < answers.Length || answered.Any(answer => Lacks(answer, query.Channels)),
        };
    }

    // The model in use, and while shards move to it those that they still hold; of a shard not asked before that may be any.
    private IEnumerable<EmbedderModel> ModelsOf(RecallTargets targets, EmbedderModel current) =>
        embedders.Models
            .Where(model => targets.Own.Concat(targets.Foreign).Any(shard => held.Of(shard)?.Contains(model.Id) != false))
            .Append(current)
            .Distinct();

    // Null where no vector is wanted or none can be had: words alone still find a good part, and the answer says that it is partial.
    private async Task<Embedding?> EmbedAsync(RecallQuery query, EmbedderModel model, CancellationToken cancellationToken)
    {
        if (!query.Channels.HasFlag(RecallChannels.Vector))
        {
            return null;
        }

        try
        {
            return await GrainFactory.GetEmbedder(model).EmbedAsync(query.Text, cancellationToken);
        }
        catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException)
        {
            LogNotEmbedded(e);
            return null;
        }
    }

    private async Task<ShardAnswer?[]> AskAllAsync(RecallTargets targets, ShardQuery question, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Value.ShardDeadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var asking = targets.Own.Concat(targets.Foreign).Select(shard => AskAsync(shard, question, either.Token));
        var answers = await Task.WhenAll(asking);
        cancellationToken.ThrowIfCancellationRequested();
        return answers;
    }

    private async Task<ShardAnswer?> AskAsync(ShardId shard, ShardQuery question, CancellationToken deadline)
    {
        try
        {
            // a shard that does not heed the token is not waited for either
            var answer = await GrainFactory.GetShard(shard).CallAsync(owner => owner.SearchAsync(question, deadline)).WaitAsync(deadline);
            held.Note(shard, answer.Models);
            return answer;
        }
        catch (Exception e) when ((e is MemoryClusterException { Fault: not MemoryFault.BadRequest } fault && !fault.IsSplit())
            || e is OrleansException or TimeoutException or OperationCanceledException)
        {
            LogNotAnswered(e, shard);
            return null;
        }
    }

    // Only a write of this team can have given a number; one that no shard has reached yet was not given by it.
    private static void CheckMinSeq(RecallQuery query, ReadOnlySpan<ShardAnswer?> own)
    {
        var seq = 0L;
        foreach (var answer in own)
        {
            if (answer is null)
            {
                return;
            }

            seq = Math.Max(seq, answer.Seq);
        }

        if (query.MinSeq > seq)
        {
            throw new MemoryClusterException(
                MemoryFault.BadRequest,
                $"minSeq is {query.MinSeq}, but the last write of team '{query.Team}' is {seq}. Pass the seq of a write of this team.",
                code: "min_seq_ahead",
                field: "minSeq");
        }
    }

    private async Task<ImmutableArray<RecallHit>> PageAsync(ShardAnswer[] answered, RecallQuery query, CancellationToken cancellationToken)
    {
        var hits = await PermittedAsync(
            RecallFusion.Merge(answered, Math.Max(query.K, reranking.CandidatesMax)), query.Caller, cancellationToken);
        if (reranking.CandidatesMax > 0)
        {
            // checked before, since texts leave for the service, and after, since a right may have ended while it read them
            hits = await PermittedAsync(await reranking.OrderAsync(query.Text, hits, cancellationToken), query.Caller, cancellationToken);
        }

        return RecallFusion.Page(hits, query);
    }

    // The shards filtered before they scored; what leaves is checked again, against the edges of now.
    private async Task<ImmutableArray<RecallHit>> PermittedAsync(ImmutableArray<RecallHit> hits, Caller caller, CancellationToken cancellationToken)
    {
        var view = AccessView.Of(caller, await directories.GetAsync(caller.Tenant, cancellationToken));
        return [.. hits.Where(hit => view.MaySee(hit.Memory))];
    }

    private async Task NoteAsync(TenantId tenant, TeamRecord team, RecallNote note, CancellationToken cancellationToken)
    {
        try
        {
            await GrainFactory.AskFirstShardAsync(directories, tenant, team, NoteAsync, cancellationToken);
        }
        catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException)
        {
            // deliberately no failure: a lost note loses an outcome, never an answer
            LogNotNoted(e, note.Recall);
        }

        async Task<bool> NoteAsync(IShardGrain shard)
        {
            await shard.NoteRecallAsync(note, cancellationToken);
            return true;
        }
    }

    private static bool Lacks(ShardAnswer answer, RecallChannels wanted) => (answer.ChannelsSearched & wanted) != wanted;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A recall goes without vectors: the embedder did not answer.")]
    private partial void LogNotEmbedded(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A recall goes without shard {Shard}.")]
    private partial void LogNotAnswered(Exception exception, ShardId shard);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recall {Recall} was not noted; its outcome will be unknown.")]
    private partial void LogNotNoted(Exception exception, RecallId recall);
}
