using MemoryCluster.Contract;
using MemoryCluster.LoadTests.Corpus;
using MemoryCluster.LoadTests.Walk;

namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>Lessons that several teams' agents find useful again and again, so that passes of diffusion offer them to the other teams.</summary>
internal sealed class DiffusionStorm(LoadBench bench, TimeProvider clock, int seed)
{
    private const int LessonsInTeam = 40;
    private const int UsesOfEach = 4;
    private const int ListedMax = 200;

    private readonly List<(string Team, RememberRequest Lesson, string Id)> _lessons = [];
    private int _proven;

    /// <summary>Teams take part and learn their lessons.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var (texts, _) = InventedTexts.Make(bench.Teams * LessonsInTeam, seed + 1);
        for (var number = 0; number < texts.Count; number++)
        {
            var lesson = WalkRequests.Memory(number % bench.Teams, texts[number], "storm", number) with { Kind = MemoryKind.Lesson, Visibility = Visibility.Shared, Source = null };
            if (number < bench.Teams)
                await bench.Client.PutPolicyAsync(lesson.Team!, Widely(), cancellationToken);
            var answer = await bench.Client.RememberAsync(lesson, cancellationToken: cancellationToken);
            _lessons.Add((lesson.Team!, lesson, answer.Id));
        }
    }

    /// <summary>From then on has one lesson after the other prove itself, until it is stopped or all have.</summary>
    public async Task RunAsync(TimeSpan after, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(after, clock, stopping);
            foreach (var (team, lesson, id) in _lessons)
            {
                for (var use = 0; use < UsesOfEach; use++)
                    await UseAsync(team, lesson, id, stopping);
                _proven++;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The load is over.
        }
    }

    /// <summary>What came of it; of each team the latest offers, as many as a list gives.</summary>
    public async Task<IReadOnlyDictionary<string, double>> CountAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, double> { ["lessons that proved themselves"] = _proven };
        for (var team = 0; team < bench.Teams; team++)
        {
            foreach (var offer in await bench.Client.ListDiffusionsAsync(WalkRequests.Team(team), ListedMax, cancellationToken))
            {
                if (offer.From == WalkRequests.Team(team))
                    counts[$"offers {offer.Status}"] = counts.GetValueOrDefault($"offers {offer.Status}") + 1;
            }
        }

        return counts;
    }

    // A refusal under load is not the storm's concern: the next use comes.
    private async Task UseAsync(string team, RememberRequest lesson, string id, CancellationToken cancellationToken)
    {
        try
        {
            var recall = await bench.Client.RecallAsync(new RecallRequest { Team = team, Agent = lesson.Agent, Query = lesson.Text, K = 3 }, cancellationToken);
            if (recall.Hits.Any(hit => hit.Id == id))
                await bench.Client.ReportOutcomeAsync(recall.RecallId, new OutcomeRequest { Reward = 1, Used = [id] }, cancellationToken);
        }
        catch (MemoryClusterException fault) when (fault.Fault.IsTransient())
        {
            // Said above.
        }
    }

    // Everything that was useful goes to every team: what is measured is the storm, not the taste.
    private static PutPolicyRequest Widely() => new()
    {
        Diffusion = new DiffusionPolicyBody { Automatic = false, UsesMin = 2, WeightMin = 0, NearnessMin = 0, TeamsMax = 100 },
    };
}
