using System.Net.Sockets;
using System.Text;
using MemoryCluster.LoadTests.Http;

namespace MemoryCluster.LoadTests.Measuring;

/// <summary>Threads that call a server, each over a connection of its own and with a histogram of its own.</summary>
internal sealed class Callers(Uri server, int count)
{
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

    private static long Due(long start, TimeSpan arrival)
    {
        var due = start + (long)arrival.TotalNanoseconds;
        MonotonicClock.SleepUntil(due);
        return due;
    }

    private LoadResult Run(byte[][] requests, Func<long, int, long> waitForDue, Func<int, bool> isWanted)
    {
        var next = -1;
        var results = new LoadResult[count];
        var threads = new Thread[count];
        var start = MonotonicClock.Now;
        for (var i = 0; i < count; i++)
        {
            var result = results[i] = new LoadResult();
            threads[i] = new Thread(() => Call(result), StackBytes) { IsBackground = true };
            threads[i].Start();
        }

        foreach (var thread in threads)
            thread.Join();

        var total = new LoadResult { Elapsed = TimeSpan.FromMicroseconds((MonotonicClock.Now - start) / 1_000.0) };
        foreach (var result in results)
            total.Add(result);
        return total;

        void Call(LoadResult result)
        {
            using var connection = new LoadConnection(server);
            for (int index; isWanted(index = Interlocked.Increment(ref next));)
                Exchange(connection, requests[index % requests.Length], waitForDue(start, index), result);
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
