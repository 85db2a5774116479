using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using MemoryCluster.Deploy.Tests.Tools;
using MemoryCluster.Host.Serving;
using MemoryCluster.Storage;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Deploy.Tests.Metrics;

/// <summary>What a running host shows at /metrics: the names, and which labels they carry.</summary>
public sealed partial class ExposedMetrics : IAsyncLifetime
{
    // Of silos on Redis, which this host is not: the instrument's name as its source has it.
    private const string Lease = "memorycluster_redis_lease";
    private const string LeaseSource = "src/MemoryCluster.Host/Engine/RedisLease.cs";

    private readonly Dictionary<string, HashSet<string>> _labels = [];

    /// <summary>Names, each with all labels that it was seen with.</summary>
    internal IReadOnlyDictionary<string, HashSet<string>> Labels => _labels;

    public async Task InitializeAsync()
    {
        using var folder = new TemporaryFolder();
        // There is an embedding service by name, which nobody asks: its queue is shown.
        Environment.SetEnvironmentVariable("Embedding__Http__Endpoint", "http://127.0.0.1:9/v1");
        Environment.SetEnvironmentVariable("Embedding__Http__Model", "none");
        Environment.SetEnvironmentVariable("Embedding__Http__Dimensions", "8");
        await using var app = ServerHost.Build(new ServeOptions { Urls = "http://127.0.0.1:0", Data = folder.Path, Store = StorageKind.Memory, Auth = false });
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        // a shard is open from the first memory on
        await SendAsync(http, HttpMethod.Put, "/api/v1/teams/t", """{"domain":"metrics"}""");
        await SendAsync(http, HttpMethod.Put, "/api/v1/teams/t/agents/a", "{}");
        await SendAsync(http, HttpMethod.Post, "/api/v1/memories", """{"team":"t","agent":"a","text":"The gauge shows two bar."}""");
        using var refused = await http.GetAsync(new Uri("/api/v1/teams/nowhere", UriKind.Relative));
        Read(await http.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
        await app.StopAsync();
        if (Repository.Read(LeaseSource).Contains($"\"{Lease.Replace('_', '.')}\"", StringComparison.Ordinal))
        {
            _labels.Add(Lease, []);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task SendAsync(HttpClient http, HttpMethod method, string path, string json)
    {
        using var content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private void Read(string text)
    {
        foreach (var match in Sample().Matches(text).Cast<Match>())
        {
            var labels = Label().Matches(match.Groups["labels"].Value).Select(label => label.Groups[1].Value);
            if (_labels.TryGetValue(match.Groups["name"].Value, out var known))
            {
                known.UnionWith(labels);
            }
            else
            {
                _labels.Add(match.Groups["name"].Value, [.. labels]);
            }
        }
    }

    [GeneratedRegex(@"^(?<name>[a-z_]+)(\{(?<labels>.*)\})? \S+$", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("""([a-z_]+)="(?:[^"\\]|\\.)*"(?:,|$)""")]
    private static partial Regex Label();
}
