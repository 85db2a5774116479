using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>Every request of a run with the moment when it is due, all made before the first is sent.</summary>
internal sealed record LoadPlan(IReadOnlyList<LoadStream> Streams, PlannedRequest[] Requests, TimeSpan Duration)
{
    /// <summary>A rate and a time that make more requests are refused: a plan is held in memory.</summary>
    public const int RequestsMax = 10_000_000;

    /// <exception cref="ArgumentException">It would be more than <see cref="RequestsMax"/>.</exception>
    public static LoadPlan Of(IReadOnlyList<LoadStream> streams, TimeSpan duration, IRequestSource requests, Random random)
    {
        var expected = streams.Sum(stream => stream.PerSecond * (stream.To - stream.From).TotalSeconds);
        if (expected > RequestsMax)
            throw new ArgumentException($"{expected:N0} requests were asked for, and a run has at most {RequestsMax:N0}: lower --rate or --seconds.");
        var due = Enumerable.Range(0, streams.Count)
            .SelectMany(index => Arrivals(streams[index], random).Select(at => (At: at, Stream: index)))
            .OrderBy(arrival => arrival.At);
        // Rendered in the order of time, so that writes are numbered in it too.
        var planned = due.Select(arrival =>
        {
            var stream = streams[arrival.Stream];
            var (bytes, number) = requests.Render(stream.Operation, stream.PickTeam(random), arrival.At, random);
            return new PlannedRequest(arrival.At, arrival.Stream, bytes, number);
        });
        return new LoadPlan(streams, [.. planned], duration);
    }

    private static IEnumerable<TimeSpan> Arrivals(LoadStream stream, Random random) => stream.PerSecond <= 0 || stream.To <= stream.From
        ? []
        : ArrivalSchedule.Exponential(stream.PerSecond, stream.To - stream.From, random).Select(at => stream.From + at);
}
