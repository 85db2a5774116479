using System.Text;
using MemoryCluster.LoadTests.Http;
using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.LoadTests.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.LoadTests.Tests.Measuring;

public sealed class CallersTests
{
    [Fact]
    public async Task Closed_SendsEveryRequestOnce()
    {
        await using var server = await StartAsync(number => Results.Json(new { number }));
        var requests = Requests(server.Url, 300);

        var result = new Callers(server.Url, 8).Closed(requests, requests.Length, TimeSpan.FromMinutes(1));

        Assert.Equal((300, 0), (result.Succeeded, result.Failed));
        Assert.Equal(Enumerable.Range(0, 300), server.Seen.Order());
    }

    [Fact]
    public async Task Open_SendsOneRequestForEveryArrival()
    {
        await using var server = await StartAsync(_ => Results.Text(new string('x', 100_000)));
        var arrivals = ArrivalSchedule.Exponential(2_000, TimeSpan.FromMilliseconds(200), new Random(5));

        var result = new Callers(server.Url, 4).Open(Requests(server.Url, 10), arrivals);

        Assert.Equal((arrivals.Length, 0), (result.Succeeded, result.Failed));
    }

    [Fact]
    public async Task Open_CountsFromTheMomentOfArrivalAndNotOfSending()
    {
        await using var server = await StartAsync(_ => Results.Ok());

        var result = new Callers(server.Url, 1).Open(Requests(server.Url, 1), [TimeSpan.FromSeconds(-5), TimeSpan.FromSeconds(-5)]);

        Assert.True(result.Latency.Percentile(0) >= TimeSpan.FromSeconds(4.99));
    }

    [Fact]
    public async Task Refusals_AreCountedApartAndTellWhy()
    {
        await using var server = await StartAsync(number => number % 2 == 0 ? Results.Ok() : Results.Text("too much", statusCode: 429));

        var result = new Callers(server.Url, 3).Closed(Requests(server.Url, 10), 10, TimeSpan.FromMinutes(1));

        Assert.Equal((5, 5), (result.Succeeded, result.Failed));
        Assert.Equal("status 429: too much", result.FirstFailure);
    }

    [Fact]
    public async Task Plan_TellsRefusalsFromFailures_AndWhatBecameOfEachRequest()
    {
        await using var server = await StartAsync(number => (number % 4) switch
        {
            0 => Results.Json(new { id = $"m{number}" }),
            1 => Problem(503, "overloaded"),
            2 => Problem(503, "outcome_unknown"),
            _ => Problem(429, "quota_exceeded"),
        });
        PlannedRequest[] plan = [.. Requests(server.Url, 40).Select((bytes, number) => new PlannedRequest(TimeSpan.Zero, number % 2, bytes))];
        var read = new string?[40];

        var samples = new Callers(server.Url, 3).Open(plan, (index, body) => read[index] = Encoding.ASCII.GetString(body));

        Assert.Equal((10, 20, 10, 0), (
            samples.CountOf(LoadOutcome.Succeeded), samples.CountOf(LoadOutcome.Refused), samples.CountOf(LoadOutcome.Failed), samples.CountOf(LoadOutcome.Unsent)));
        Assert.Equal(
            [("429 quota_exceeded", 10L), ("503 outcome_unknown", 10L), ("503 overloaded", 10L)],
            samples.Problems.Select(problem => (problem.Key, problem.Value)).Order());
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(i % 4 == 0, samples.Samples[i].Outcome == LoadOutcome.Succeeded);
            Assert.Equal(i % 4 == 1, samples.Samples[i].HasRetryAfter);
            Assert.Equal(i % 4 == 0, read[i]?.Contains($"{{\"id\":\"m{i}\"}}", StringComparison.Ordinal) ?? false);
        }

        Assert.Equal((10, 0), (samples.Latencies(LoadOutcome.Succeeded, Stream(0)).Count, samples.Latencies(LoadOutcome.Succeeded, Stream(1)).Count));

        IEnumerable<int> Stream(int stream) => Enumerable.Range(0, 40).Where(index => plan[index].Stream == stream);
    }

    [Fact]
    public async Task Plan_GivesUpWhatIsLaterThanItsPatience()
    {
        await using var server = await StartAsync(_ => Results.Ok());
        var late = -Callers.LatenessMax - TimeSpan.FromSeconds(1);
        PlannedRequest[] plan = [.. Requests(server.Url, 2).Zip([late, TimeSpan.Zero], (bytes, due) => new PlannedRequest(due, 0, bytes))];

        var samples = new Callers(server.Url, 1).Open(plan);

        Assert.Equal([LoadOutcome.Unsent, LoadOutcome.Succeeded], samples.Samples.Select(sample => sample.Outcome));
        Assert.Equal([1], server.Seen);
    }

    [Fact]
    public void Plan_WithoutAServer_FailsAndSaysWhy()
    {
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");

        var samples = new Callers(url, 1).Open([new PlannedRequest(TimeSpan.Zero, 0, Requests(url, 1)[0])]);

        Assert.Equal(LoadOutcome.Failed, samples.Samples[0].Outcome);
        Assert.Equal(new Dictionary<string, long> { ["ConnectionRefused"] = 1 }, samples.Problems);
    }

    private static IResult Problem(int status, string code) =>
        status == 503 && code == "overloaded" ? new Refusal() : Results.Json(new { code }, statusCode: status);

    private static byte[][] Requests(Uri url, int count) =>
        [.. Enumerable.Range(0, count).Select(number => new HttpRequestBytes(url, key: null).Post($"/{number}", "{}"u8))];

    private static async Task<Server> StartAsync(Func<int, IResult> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new Server(app);
        app.MapPost("/{number:int}", (int number) =>
        {
            server.Saw(number);
            return answer(number);
        });
        await app.StartAsync();
        return server;
    }

    private sealed class Server(WebApplication app) : IAsyncDisposable
    {
        private readonly List<int> _seen = [];

        public Uri Url => new(app.Urls.First());

        public IReadOnlyList<int> Seen => _seen;

        public void Saw(int number)
        {
            lock (_seen)
                _seen.Add(number);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }

    private sealed class Refusal : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = 503;
            httpContext.Response.Headers.RetryAfter = "1";
            return httpContext.Response.WriteAsJsonAsync(new { code = "overloaded" });
        }
    }
}
