using System.CommandLine;
using MemoryCluster.Host.Commands;
using MemoryCluster.Host.Tests.Running;

namespace MemoryCluster.Host.Tests.Commands;

/// <summary>The command line in this process, with its outputs as texts.</summary>
internal static class CommandLine
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var root = new RootCommand();
        CliCommands.AddTo(root);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (exitCode, output.ToString(), error.ToString());
    }

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(RunningHost host, params string[] arguments) =>
        RunAsync([.. arguments, "--url", host.Url.AbsoluteUri, "--key-file", host.KeyFile]);
}
