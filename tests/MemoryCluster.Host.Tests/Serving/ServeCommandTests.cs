using System.CommandLine;
using MemoryCluster.Host.Serving;

namespace MemoryCluster.Host.Tests.Serving;

public sealed class ServeCommandTests
{
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
