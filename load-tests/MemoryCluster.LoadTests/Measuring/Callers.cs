using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using MemoryCluster.LoadTests.Http;

namespace MemoryCluster.LoadTests.Measuring;

/// <summary>Threads that call a server, each over a connection of its own and with a histogram of its own.</summary>
internal sealed class Callers(Uri server, int count)
{
    /// <summary>Reads the body of an answer before the next one takes its place.</summary>
    public delegate void SuccessReader(int index, ReadOnlySpan<byte> body);

    /// <summary>A request of a plan that is later than this is given up.</summary>
    public static readonly TimeSpan LatenessMax = TimeSpan.FromSeconds(30);

    private const int StackBytes = 256 * 1024;
    private const int FailureTextMax = 300;

    /// <summary>
    /// Closed loop: each caller sends its next request when its last one is answered, until that many are sent or the time is over.
    /// Requests are taken in a circle.
    /// </summary>
    public LoadResult Closed(byte[][] requests, int requestsMax, TimeSpan duration)
    {
        var end = MonotonicClock.Now + (long)duration.TotalNanoseconds;
        return Run(requests, (_, _) => MonotonicClock.Now, index => index < requestsMax && MonotonicClock.Now < end);
    }

    /// <summary>
    /// Open loop: request i is due at a moment fixed beforehand; whichever caller is free sends it then, or later if none is, and its
    /// latency counts from when it was due. Requests are taken in a circle.
    /// </summary>
    public LoadResult Open(byte[][] requests, TimeSpan[] arrivals) =>
        Run(requests, (start, index) => Due(start, arrivals[index]), index => index < arrivals.Length);

    /// <summary>
    /// Open loop over a plan: what became of each request stands at its position. A request that is later than
    /// <see cref="LatenessMax"/> is not sent any more, so that a server that stands still ends the run and not the patience.
    /// </summary>
    /// <param name="plan">In the order of what is due when.</param>
    /// <param name="onSuccess">Is given the position and the body of each success, on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public LoadSamples Open(PlannedRequest[] plan, SuccessReader? onSuccess = null, CancellationToken cancellationToken = default)
    {
        var samples = new LoadSample[plan.Length];
        var problems = new ProblemCounts();
        var next = -1;
        RunThreads((connection, start) =>
        {
            for (int index; (index = Interlocked.Increment(ref next)) < plan.Length && !cancellationToken.IsCancellationRequested;)
                samples[index] = Send(connection, index, Due(start, plan[index].Due));
        });
        return new LoadSamples(plan, samples, problems.Counts);

        LoadSample Send(LoadConnection connection, int index, long due)
        {
            var sent = MonotonicClock.Now;
            if (Span(due, sent) > LatenessMax)
                return default;
            try
            {
                var answer = connection.Exchange(plan[index].Bytes);
                var ended = MonotonicClock.Now;
                var outcome = problems.Judge(answer, connection);
                if (outcome == LoadOutcome.Succeeded)
                    onSuccess?.Invoke(index, connection.Body(answer));
                return new LoadSample(outcome, Span(due, ended), Span(sent, ended), outcome == LoadOutcome.Refused && connection.HasRetryAfter(answer));
            }
            catch (Exception failure) when (failure is SocketException or IOException or InvalidDataException)
            {
                problems.Count(failure is SocketException socket ? $"{socket.SocketErrorCode}" : failure.Message);
                var ended = MonotonicClock.Now;
                return new LoadSample(LoadOutcome.Failed, Span(due, ended), Span(sent, ended), HasRetryAfter: false);
            }
        }
    }

    private static TimeSpan Span(long from, long to) => TimeSpan.FromTicks((to - from) / TimeSpan.NanosecondsPerTick);

    private static long Due(long start, TimeSpan arrival)
    {
        var due = start + (long)arrival.TotalNanoseconds;
        MonotonicClock.SleepUntil(due);
        return due;
    }

    private LoadResult Run(byte[][] requests, Func<long, int, long> waitForDue, Func<int, bool> isWanted)
    {
        var next = -1;
        var results = new ConcurrentBag<LoadResult>();
        var elapsed = RunThreads((connection, start) =>
        {
            var result = new LoadResult();
            results.Add(result);
            for (int index; isWanted(index = Interlocked.Increment(ref next));)
                Exchange(connection, requests[index % requests.Length], waitForDue(start, index), result);
        });
        var total = new LoadResult { Elapsed = elapsed };
        foreach (var result in results)
            total.Add(result);
        return total;
    }

    /// <summary>Runs it on every caller's thread, and gives the time until the last one ended.</summary>
    private TimeSpan RunThreads(Action<LoadConnection, long> call)
    {
        var start = MonotonicClock.Now;
        var threads = Enumerable.Range(0, count).Select(_ => new Thread(Call, StackBytes) { IsBackground = true }).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return Span(start, MonotonicClock.Now);

        void Call()
        {
            using var connection = new LoadConnection(server);
            call(connection, start);
        }
    }

    private static void Exchange(LoadConnection connection, byte[] request, long due, LoadResult result)
    {
        try
        {
            var answer = connection.Exchange(request);
            if (answer.IsSuccess)
                result.Latency.Record(TimeSpan.FromTicks((MonotonicClock.Now - due) / TimeSpan.NanosecondsPerTick));
            else
                result.Fail($"status {answer.Status}: {Head(connection.Body(answer))}");
        }
        catch (Exception failure) when (failure is SocketException or IOException or InvalidDataException)
        {
            result.Fail(failure.Message);
        }
    }

    private static string Head(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body[..Math.Min(body.Length, FailureTextMax)]);
}
