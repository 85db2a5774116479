using System.CommandLine;
using MemoryCluster.Gateway;
using MemoryCluster.Host.Serving;
using MemoryCluster.TestKit.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Host.Tests.Serving;

public sealed class ServeCommandTests
{
    [Fact]
    public async Task Redis_MayBeNamedInTheEnvironment_WhereNobodyElseReadsItsPassword()
    {
        var root = new RootCommand();
        ServeCommand.AddTo(root);
        using var error = new StringWriter();
        Environment.SetEnvironmentVariable("Storage__Redis", "127.0.0.1:1,password=of-nobody");
        try
        {
            // refused for another reason, and so before anything is started
            await root.Parse("--store redis --tenant Not_A_Tenant").InvokeAsync(new InvocationConfiguration { Error = error });
        }
        finally
        {
            Environment.SetEnvironmentVariable("Storage__Redis", null);
        }

        Assert.Contains("--tenant", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("--redis", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CursorSecret_SignsTheCursorsOfEveryGatewayThatHasIt()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "cursor-secret");
        await File.WriteAllBytesAsync(file, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

        await using var app = ServerHost.Build(new ServeOptions { Data = folder.Path, CursorSecret = file });

        Assert.Equal(await File.ReadAllBytesAsync(file), app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.CursorSecret.ToArray());
    }

    [Theory]
    [InlineData("--auth off --urls http://0.0.0.0:8080", "loopback")]
    [InlineData("--urls nonsense", "--urls")]
    [InlineData("--tenant Not_A_Tenant", "--tenant")]
    [InlineData("--silos 0", "--silos")]
    [InlineData("--store redis", "--redis")]
    [InlineData("--store paper", "paper")]
    [InlineData("--role silo", "--store redis")]
    [InlineData("--role gateway --store redis --redis 127.0.0.1:1", "local engine")]
    [InlineData("--role director", "director")]
    [InlineData("--advertise 0.0.0.0", "--advertise")]
    [InlineData("--advertise silo-1", "--advertise")]
    [InlineData("--silo-port 70000", "--silo-port")]
    [InlineData("--silo-port 30000", "--client-port")]
    [InlineData("--cluster Not_A_Cluster", "--cluster")]
    [InlineData("--role silo --store redis --redis 127.0.0.1:1 --admin-key key", "--admin-key")]
    [InlineData("--role silo --store redis --redis 127.0.0.1:1 --cursor-secret key", "serves no lists")]
    [InlineData("--role gateway --store redis --redis 127.0.0.1:1 --name silo-1", "--name")]
    [InlineData("--cursor-secret absent", "--cursor-secret")]
    public async Task WhatCannotBeServed_EndsWithASentence_AndAnExitCode(string line, string named)
    {
        var root = new RootCommand();
        ServeCommand.AddTo(root);
        using var error = new StringWriter();
        using var output = new StringWriter();

        var exit = await root.Parse(line).InvokeAsync(new InvocationConfiguration { Error = error, Output = output });

        Assert.Equal(1, exit);
        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
    }
}
