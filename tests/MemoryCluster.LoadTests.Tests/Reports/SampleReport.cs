using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.LoadTests.Reports;
using MemoryCluster.LoadTests.Scenarios;
using MemoryCluster.LoadTests.Targets;

namespace MemoryCluster.LoadTests.Tests.Reports;

/// <summary>A run of 10 seconds: 100 requests a second, of each 100 then 90 succeed in 1 to 40 ms, 5 are refused in 2 ms and 5 fail.</summary>
internal static class SampleReport
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    public static LoadReport Make(double slower = 1)
    {
        var plan = new LoadPlan([Stream("recall"), Stream("remember")], [.. Enumerable.Range(0, 1_000).Select(Request)], Duration);
        var samples = new LoadSamples(plan.Requests, [.. Enumerable.Range(0, 1_000).Select(i => Sample(i, slower))], new Dictionary<string, long> { ["503 overloaded"] = 50 });
        return new LoadReport
        {
            Scenario = "mixed",
            Target = "a <test> & nothing else",
            Machine = "no machine",
            StartedAt = DateTimeOffset.UnixEpoch,
            Seed = 1,
            Memories = 5,
            Teams = 2,
            Callers = 3,
            Seconds = 10,
            RatePerSecond = 100,
            Streams = LoadFiguring.Streams(plan, samples),
            Timeline = LoadFiguring.Timeline(samples, Duration),
            Problems = samples.Problems,
            Writes = new WriteCheck(100, 90, 0),
        };
    }

    private static LoadStream Stream(string name) => new(name, LoadOperation.Recall, 50, TimeSpan.Zero, Duration, _ => 0);

    private static PlannedRequest Request(int number) => new(TimeSpan.FromMilliseconds(10 * number), number % 2, []);

    private static LoadSample Sample(int number, double slower) => (number % 100) switch
    {
        < 90 => Ended(LoadOutcome.Succeeded, TimeSpan.FromMilliseconds(slower * (1 + (number % 40)))),
        < 95 => Ended(LoadOutcome.Refused, TimeSpan.FromMilliseconds(2)) with { HasRetryAfter = number % 100 != 94 },
        _ => Ended(LoadOutcome.Failed, TimeSpan.FromMilliseconds(3)),
    };

    private static LoadSample Ended(LoadOutcome outcome, TimeSpan after) => new(outcome, after, after, HasRetryAfter: false);

    public static ProcessReading Reading(double second, double megabytes, int id = 1, string process = "host", int handles = 100) => new(second, process, id, megabytes, handles, 20);
}
