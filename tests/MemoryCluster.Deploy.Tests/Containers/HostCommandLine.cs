using System.CommandLine;
using MemoryCluster.Host.Commands;
using MemoryCluster.Host.Serving;

namespace MemoryCluster.Deploy.Tests.Containers;

/// <summary>The executable's own parser, for command lines that stand in files.</summary>
internal static class HostCommandLine
{
    /// <summary>What it says against a command line; empty where it knows every word.</summary>
    public static IReadOnlyList<string> ErrorsOf(IReadOnlyList<string> words)
    {
        var root = new RootCommand();
        ServeCommand.AddTo(root);
        CliCommands.AddTo(root);
        return [.. root.Parse(words).Errors.Select(error => error.Message)];
    }
}
