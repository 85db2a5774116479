using System.Collections.Immutable;
using MemoryCluster.Evaluation.Embedders;
using MemoryCluster.Evaluation.Sets;
using MemoryCluster.Statements;

namespace MemoryCluster.Evaluation.Teams;

/// <summary><c>teams --data FOLDER</c>: information that is held by several teams, what each of them finds of it, and what it then holds.</summary>
internal static class TeamsMode
{
    private const int Seed = 1;

    // A memory is offered after three uses that helped, and confirmed by two.
    private const int UsesBefore = 3;
    private const int UsesAfter = 2;

    // Facts too, though a fact without its names says little, and every team, for all work on questions of one kind. A weight above that of the
    // untried is enough: where most answers are right, shares of what is above the mean are small, and nothing here reaches the default of 1.2.
    private static readonly DiffusionPolicy Facts = new() { Kinds = [MemoryKind.Fact], NearnessMin = 0, WeightMin = 1 };

    public static void Run(string[] arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    private static async Task RunAsync(string[] arguments)
    {
        var deal = new Deal(new DataFolder(Arguments.Required(arguments, "--data")), Seed);
        Console.WriteLine(
            $"{deal.Questions.Count} questions, {deal.Passages.Count} passages, {Deal.Teams} teams, of which {Deal.Privileged} may use the restricted resource\n\n"
            + $"| | evidence among the first {TeamsCluster.Depth} | its words | memories a team | copies, confirmed | hits | not allowed |\n|---|---|---|---|---|---|---|");

        await using (var apart = await TeamsCluster.StartAsync(deal, Visibility.Team, Facts))
        {
            await PrintAsync("nothing shared", apart, deal, isAlone: false, isShared: false);
        }

        await using var teams = await TeamsCluster.StartAsync(deal, Visibility.Shared, Facts);
        await PrintAsync("everything shared", teams, deal, isAlone: false, isShared: true);
        await UseAsync(teams, deal, isAlone: false, UsesBefore);
        await PrintAsync("everything shared, outcomes of three rounds reported", teams, deal, isAlone: false, isShared: true);

        var offered = await teams.DiffuseAsync();
        await PrintAsync($"each team's own memory and what diffused to it ({offered} offers)", teams, deal, isAlone: true, isShared: true);
        await UseAsync(teams, deal, isAlone: true, UsesAfter);
        await PrintAsync("… confirmed by two rounds of use", teams, deal, isAlone: true, isShared: true);
        await PrintAsync("everything shared, and what diffused", teams, deal, isAlone: false, isShared: true);
    }

    // The asking team says which hits were the answer's evidence.
    private static async Task UseAsync(TeamsCluster teams, Deal deal, bool isAlone, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var question in deal.Questions)
            {
                var answer = await teams.AskAsync(question, isAlone);
                await teams.ReportAsync(
                    question, answer, [.. answer.Hits.Where(hit => question.Gold.Contains(hit.Passage.Passage.Text)).Select(hit => hit.Memory.Id)]);
            }
        }
    }

    private static async Task PrintAsync(string name, TeamsCluster teams, Deal deal, bool isAlone, bool isShared)
    {
        var (found, words, hits, violations) = (new List<double>(), new List<double>(), 0, 0);
        foreach (var question in deal.Questions)
        {
            var answer = await teams.AskAsync(question, isAlone);
            found.Add(question.Gold.Average(gold => answer.Hits.Any(hit => hit.Passage.Passage.Text == gold) ? 1.0 : 0));
            words.Add(question.Gold.Average(gold => answer.Hits.Where(hit => hit.Passage.Passage.Text == gold)
                .Select(hit => StatementText.Read(gold).CoverageBy(StatementText.Read(hit.Memory.Text))).DefaultIfEmpty(0).Max()));
            hits += answer.Hits.Count;
            violations += answer.Hits.Count(hit => !Deal.MaySee(hit.Passage, question.Team, isShared));
        }

        var held = new List<IReadOnlyList<MemoryRecord>>();
        for (var team = 0; team < Deal.Teams; team++)
        {
            held.Add(await teams.HeldByAsync(team));
        }

        Console.WriteLine(
            $"| {name} | {Estimate.OfMean(found)} | {Estimate.OfMean(words)} | {string.Join(", ", held.Select(memories => memories.Count))}"
            + $" | {string.Join(", ", held.Select(Copies))} | {hits} | {violations} |");
    }

    private static string Copies(IReadOnlyList<MemoryRecord> held)
    {
        var copies = held.Where(memory => memory.Diffusion is not null).ToArray();
        return $"{copies.Length} ({copies.Count(copy => copy.State == MemoryState.Active)})";
    }
}
