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
