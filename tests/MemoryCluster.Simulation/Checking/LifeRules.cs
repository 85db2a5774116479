using System.Globalization;
using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>Acknowledged means present, deleted means gone, and one history per memory.</summary>
internal static class LifeRules
{
    public static IEnumerable<Violation> Check(ImmutableArray<Life> lives) =>
        lives.SelectMany(Strangers).Concat(Surplus(lives)).Concat(lives.SelectMany(Histories));

    private static IEnumerable<Violation> Strangers(Life life)
    {
        if (life is { Maker: null, Candidates.IsEmpty: true, Origin: not null })
        {
            yield return new Violation(Rule.Phantom, $"Memory {life.Id} was written by nobody: {life.Sightings[0].Sighting}.");
        }

        foreach (var (_, sighting) in life.Sightings.Where(seen => seen.Sighting.Origin != life.Origin))
        {
            yield return new Violation(Rule.Phantom, $"Memory {sighting} comes from {life.Origin}.");
        }
    }

    private static IEnumerable<Violation> Surplus(ImmutableArray<Life> lives) => lives
        .Where(life => life.FirstText is not null && life.Origin is not null)
        .GroupBy(life => (life.FirstText, life.Origin))
        .Select(same => (Lives: same.ToList(), Requests: same.SelectMany(MakersOf).Distinct().ToList()))
        .Where(same => same.Requests.Count > 0 && same.Lives.Count > same.Requests.Sum(request => request.EffectsMax))
        .Select(same => new Violation(
            Rule.DuplicateEffect, $"\"{same.Lives[0].FirstText}\" was asked to be remembered {same.Requests.Count} time(s) and is there as {string.Join(", ", same.Lives.Select(life => life.Id))}."));

    private static IEnumerable<Request> MakersOf(Life life) => life.Maker is { } maker ? [maker] : life.Candidates;

    private static IEnumerable<Violation> Histories(Life life)
    {
        if (!Linearizability.Holds(life.Steps))
        {
            yield return new Violation(RuleOf(life), $"Memory {life.Id}: {Describe(life)}");
        }
    }

    private static Rule RuleOf(Life life)
    {
        var steps = life.Steps;
        var deleted = steps.OfType<Delete>().Where(step => !step.IsOptional).Select(step => step.End).DefaultIfEmpty(long.MaxValue).Min();
        if (steps.Any(step => step is See or StoodFor && step.Start > deleted))
        {
            return Rule.Resurrected;
        }

        var isNeverDeleted = life.Maker is not null && !steps.Any(step => step is Delete or Sweep);
        return isNeverDeleted && steps.Where(step => step is See or StoodFor or Miss).MaxBy(step => step.Start) is Miss ? Rule.Lost : Rule.History;
    }

    private static string Describe(Life life) => string.Join(
        "; ", life.Steps.OrderBy(step => step.Start).Select(step => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds(step.Start)}..{Milliseconds(step.End)} {Words(step)}")));

    private static string Milliseconds(long ticks) =>
        ticks is long.MaxValue or long.MinValue ? "?" : (ticks / (double)TimeSpan.TicksPerMillisecond).ToString("F1", CultureInfo.InvariantCulture);

    private static string Words(LifeStep step) => (step.IsOptional ? "perhaps " : "") + step switch
    {
        Create create => $"created {Words(create.Wording)}",
        Change change => $"changed from v{change.IfVersion} to {change.Text ?? "the same text"} {change.Visibility}",
        Delete => "deleted",
        Sweep => "forgotten with its run",
        See see => $"seen at v{see.Version} {Words(see.Wording)}",
        SeeOther other => $"said not to be at v{other.Version}",
        Miss => "missing",
        StoodFor => "stood for",
        _ => step.ToString(),
    };

    private static string Words(Wording? wording) => wording is null ? "" : $"\"{wording.Text}\" {wording.Visibility}";
}
