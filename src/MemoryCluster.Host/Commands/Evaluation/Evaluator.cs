using System.Globalization;
using MemoryCluster.Client;
using MemoryCluster.Contract;

namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>Writes a set into fresh teams of a running server, asks its questions each way, and takes the teams' memories away again.</summary>
internal sealed class Evaluator(MemoryClusterClient client, TimeProvider clock)
{
    private const int BatchMemories = 100;
    private const int QuestionsInFlight = 4;

    private static readonly (string Search, RecallChannels[]? Channels)[] Searches =
    [
        ("fused", null),
        ("BM25 alone", [RecallChannels.Lexical]),
        ("vectors alone", [RecallChannels.Vector]),
    ];

    private readonly BatchWriter _writer = new(client, clock);
    private readonly SortedDictionary<string, int> _decisions = new(StringComparer.Ordinal);

    /// <param name="set">What to evaluate on.</param>
    /// <param name="keep">Whether the memories stay.</param>
    /// <param name="advanced">Called with the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<EvaluationReport> RunAsync(EvaluationSet set, bool keep, Action<double> advanced, CancellationToken cancellationToken)
    {
        var stamp = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        var scores = Searches.Select(_ => new List<QuestionScores>()).ToArray();
        foreach (var (index, team) in set.Teams.Index())
        {
            var name = $"eval-{set.Name}-{stamp}-{team.Name}";
            var (evidence, seq) = await WriteAsync(team, name, cancellationToken);
            foreach (var (search, kept) in Searches.Zip(scores))
                kept.AddRange(await AskAsync(team, name, evidence, seq, search.Channels, cancellationToken));
            if (!keep)
                await client.Team(name).ForgetAsync(cancellationToken: cancellationToken);
            advanced((index + 1.0) / set.Teams.Count);
        }

        return Report(set, scores);
    }

    /// <summary>In order, one batch after the other: what is merged into what depends on what came first.</summary>
    private async Task<(EvidenceMap Evidence, long Seq)> WriteAsync(EvaluationTeam team, string name, CancellationToken cancellationToken)
    {
        await client.Team(name).PutAsync("evaluation", cancellationToken: cancellationToken);
        foreach (var agent in team.Passages.Select(passage => passage.Memory.Agent!).Distinct())
            await client.PutAgentAsync(name, agent, cancellationToken: cancellationToken);

        var evidence = new EvidenceMap();
        long seq = 0;
        foreach (var (ordinal, batch) in team.Passages.Chunk(BatchMemories).Index())
        {
            var memories = batch.Select(passage => passage.Memory with { Team = name }).ToArray();
            var results = await _writer.WriteAsync(memories, $"{name}-{ordinal}", cancellationToken);
            foreach (var (passage, result) in batch.Zip(results))
            {
                Note(passage, result, evidence);
                seq = Math.Max(seq, result.Seq ?? 0);
            }
        }

        return (evidence, seq);
    }

    private void Note(EvaluationPassage passage, RememberBatchItem result, EvidenceMap evidence)
    {
        if (result.Decision is not { } decision)
            throw new InvalidDataException($"A passage was refused ({result.Code}: {result.Detail}): {passage.EvidenceId}");
        _decisions[Word.Of(decision)] = _decisions.GetValueOrDefault(Word.Of(decision)) + 1;
        evidence.Add(result.MergedInto ?? result.Id!, passage.EvidenceId);
    }

    private async Task<QuestionScores[]> AskAsync(
        EvaluationTeam team, string name, EvidenceMap evidence, long seq, RecallChannels[]? channels, CancellationToken cancellationToken)
    {
        var scores = new QuestionScores[team.Questions.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = QuestionsInFlight, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(team.Questions.Index(), options, async (question, token) =>
        {
            var request = new RecallRequest
            {
                Team = name,
                Agent = team.Passages[0].Memory.Agent,
                Query = TextRule.Clean(question.Item.Text),
                K = QuestionScores.DepthMax,
                MinSeq = seq,
                Channels = channels,
            };
            var answer = await client.RecallAsync(request, token);
            if (answer.Partial)
                throw new InvalidDataException("The server answered a recall only in part: the figures would not be the search's own. Try again when it is less busy.");
            var ids = answer.Hits.Select(hit => hit.Id).ToArray();
            scores[question.Index] = new QuestionScores(
                question.Item.Category, [.. QuestionScores.Depths.Select(depth => evidence.RecallAt(depth, ids, question.Item.Gold))]);
        });
        return scores;
    }

    private EvaluationReport Report(EvaluationSet set, List<QuestionScores>[] scores) => new()
    {
        Dataset = set.Name,
        Questions = scores[0].Count,
        Passages = set.Teams.Sum(team => team.Passages.Count),
        Decisions = _decisions,
        Runs = [.. Searches.Zip(scores, (search, kept) => EvaluationRun.Of(search.Search, kept))],
        FusedLessLexical = CategoryRecall.ByDepth(
            depth => [.. scores[0].Zip(scores[1], (fused, lexical) => fused.Recall[depth] - lexical.Recall[depth])]),
    };
}
