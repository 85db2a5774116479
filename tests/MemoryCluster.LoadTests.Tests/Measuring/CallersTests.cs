using MemoryCluster.LoadTests.Http;
using MemoryCluster.LoadTests.Measuring;
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
}
