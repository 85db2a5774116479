using System.Diagnostics;
using System.Text.Json;
using MemoryCluster.Contract;

namespace MemoryCluster.LoadTests.Tests.K6;

/// <summary>The script runs under node with k6's modules replaced by ones that write down what is sent; k6 itself is not needed.</summary>
public sealed class K6ScriptTests : IDisposable
{
    private const string Stub = """
        export const sent = [];
        const note = (method) => (url, body, params) => { sent.push({ method, url, body, headers: params.headers }); return { status: 200 }; };
        export default { put: note('PUT'), post: note('POST') };
        """;

    private const string Driver = """
        globalThis.__ENV = { URL: 'http://server', KEY: 'secret', RATE: '200', DURATION: '5s', TEAMS: '3' };
        const script = await import('./mixed.mjs');
        const { sent } = await import('k6/http');
        script.setup(); script.recall(); script.remember();
        console.log(JSON.stringify({ sent, options: script.options }));
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("memory-cluster-k6-").FullName;

    public K6ScriptTests()
    {
        var modules = Directory.CreateDirectory(Path.Combine(_folder, "node_modules", "k6")).FullName;
        File.WriteAllText(Path.Combine(modules, "package.json"), """{"name":"k6","type":"module","exports":{".":"./k6.js","./http":"./http.js"}}""");
        File.WriteAllText(Path.Combine(modules, "k6.js"), "export const check = (value, checks) => Object.values(checks).every((each) => each(value));");
        File.WriteAllText(Path.Combine(modules, "http.js"), Stub);
        File.Copy(Script(), Path.Combine(_folder, "mixed.mjs"));
        File.WriteAllText(Path.Combine(_folder, "driver.mjs"), Driver);
    }

    [NodeFact]
    public async Task Script_SendsWhatTheContractTakes()
    {
        using var run = JsonDocument.Parse(await NodeAsync("driver.mjs"));
        var sent = run.RootElement.GetProperty("sent").EnumerateArray().ToArray();

        Assert.Equal(
            [
                .. Enumerable.Range(0, 3).SelectMany(team => new[] { $"PUT http://server/api/v1/teams/k6-{team}", $"PUT http://server/api/v1/teams/k6-{team}/agents/k6" }),
                "POST http://server/api/v1/recall", "POST http://server/api/v1/memories",
            ],
            sent.Select(request => $"{request.GetProperty("method")} {request.GetProperty("url")}"));
        Assert.All(sent, request => Assert.Equal("Bearer secret", request.GetProperty("headers").GetProperty("Authorization").GetString()));
        // Strict: a member that the contract does not know is refused.
        Assert.NotEmpty(JsonSerializer.Deserialize(Body(sent[0]), ContractJson.Strict.PutTeamRequest)!.Domain!);
        Assert.NotNull(JsonSerializer.Deserialize(Body(sent[1]), ContractJson.Strict.PutAgentRequest));
        Assert.StartsWith("k6-", JsonSerializer.Deserialize(Body(sent[^2]), ContractJson.Strict.RecallRequest)!.Team, StringComparison.Ordinal);
        var memory = JsonSerializer.Deserialize(Body(sent[^1]), ContractJson.Strict.RememberRequest)!;
        Assert.Equal(MemoryKind.Episode, memory.Kind);
        Assert.InRange(sent[^1].GetProperty("headers").GetProperty("Idempotency-Key").GetString()!.Length, 1, 64);
    }

    [NodeFact]
    public async Task Script_OffersNineRecallsToAWrite_ByAFixedSchedule()
    {
        using var run = JsonDocument.Parse(await NodeAsync("driver.mjs"));
        var scenarios = run.RootElement.GetProperty("options").GetProperty("scenarios");

        Assert.Equal((180, 20), (scenarios.GetProperty("recall").GetProperty("rate").GetInt32(), scenarios.GetProperty("remember").GetProperty("rate").GetInt32()));
        Assert.All(scenarios.EnumerateObject(), scenario => Assert.Equal("constant-arrival-rate", scenario.Value.GetProperty("executor").GetString()));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Body(JsonElement request) => request.GetProperty("body").GetString()!;

    private async Task<string> NodeAsync(string file)
    {
        var start = new ProcessStartInfo("node", [file]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        var error = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, error);
        return await output;
    }

    private static string Script()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MemoryCluster.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "load-tests", "k6", "mixed.js");
    }
}
