using System.Text.RegularExpressions;
using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>
/// No timeline tells a word of what was deleted before it was asked for, nor of what its reader may not see. Every text that clients make up
/// names a case of its own, by which it is known in whatever summary.
/// </summary>
internal static partial class TimelineRules
{
    public static IEnumerable<Violation> Check(History history)
    {
        var told = history.Of<TimelineCall>().Where(call => call.IsOk && !call.Summaries.IsEmpty).ToList();
        return told.Count == 0 ? [] : Check(history, told);
    }

    private static IEnumerable<Violation> Check(History history, List<TimelineCall> told)
    {
        var times = new EdgeTimes(history);
        var carriers = CarriersOf(history);
        var deleted = history.Of<DeleteCall>().Where(call => call.IsOk).Select(call => (call.Id, call.End))
            .Concat(history.Of<ForgetCall>().Where(call => call.IsOk).SelectMany(call => call.Deleted, (call, id) => (Id: id, call.End)))
            .GroupBy(deletion => deletion.Id).ToDictionary(group => group.Key, group => group.Min(deletion => deletion.End));
        // whether and as what these were kept nobody knows; what was merged may have been told twice, and what the first telling made is unheard of
        var unknown = history.Of<RememberCall>().Where(call => !call.IsOk || call.Answer?.Decision == Decision.Merged).SelectMany(call => CasesIn(call.Wording.Text)).ToHashSet(StringComparer.Ordinal);
        foreach (var call in told)
        {
            var possible = times.PossibleWithin(call.Start, call.End).ToList();
            foreach (var name in call.Summaries.SelectMany(CasesIn).Distinct().Where(name => !unknown.Contains(name)))
            {
                if (carriers[name].All(carrier => deleted.TryGetValue(carrier.Id, out var end) && end < call.Start))
                {
                    yield return new Violation(Rule.Resurrected, $"A timeline of {call.Team} at {call.Start} told of {name}, which had been deleted.");
                }
                else if (!carriers[name].Any(carrier => possible.Any(edges => AccessModel.Allows(call.Caller, carrier, edges, history.Members))))
                {
                    yield return new Violation(
                        Rule.Access, $"A timeline by {call.Caller.Team}/{call.Caller.Agent} for {call.Caller.User} at {call.Start}..{call.End} told of {name}.");
                }
            }
        }
    }

    // Every memory that ever said it, in every visibility that it ever had.
    private static ILookup<string, Sighting> CarriersOf(History history)
    {
        var visibilities = history.Of<PatchCall>().Where(call => call.Visibility is not null).ToLookup(call => call.Id, call => call.Visibility!.Value);
        // a request's twin may have come first: what is merged then says the same
        var written = history.Of<RememberCall>().Where(call => call.Answer?.Decision is Decision.Admitted or Decision.Merged).Select(call => new Sighting
        {
            Id = call.Answer!.Id, Version = 1, Wording = call.Wording, Origin = call.Origin,
        });
        var seen = history.Of<ReadCall>().SelectMany(call => call.Seen).Concat(history.Of<PatchCall>().Select(call => call.Answer).OfType<Sighting>());
        var all = written.Concat(seen).ToList();
        var origins = all.ToLookup(sighting => sighting.Id);
        var changed = history.Of<PatchCall>().Where(call => call.Text is not null)
            .SelectMany(call => origins[call.Id].Take(1), (call, origin) => origin with { Wording = origin.Wording with { Text = call.Text! } });
        return all.Concat(changed)
            .SelectMany(sighting => visibilities[sighting.Id].Append(sighting.Wording.Visibility).Distinct(), (sighting, visibility) =>
                sighting with { Wording = sighting.Wording with { Visibility = visibility } })
            .SelectMany(sighting => CasesIn(sighting.Wording.Text), (sighting, name) => (Name: name, Sighting: sighting))
            .ToLookup(pair => pair.Name, pair => pair.Sighting, StringComparer.Ordinal);
    }

    private static IEnumerable<string> CasesIn(string text) => Case().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"case \d+-\d+")]
    private static partial Regex Case();
}
