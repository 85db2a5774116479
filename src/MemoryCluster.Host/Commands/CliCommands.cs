using System.CommandLine;
using MemoryCluster.Host.Commands.Evaluation;
using MemoryCluster.Host.Commands.Ingest;
using MemoryCluster.Host.Commands.Verify;

namespace MemoryCluster.Host.Commands;

/// <summary>The command line beside the server: everything that talks to a running one, and the check of its files.</summary>
internal static class CliCommands
{
    public static void AddTo(RootCommand root)
    {
        root.Add(IngestCommand.Create(TimeProvider.System));
        root.Add(RecallCommand.Create());
        root.Add(WhyCommand.Create());
        root.Add(CertifyCommand.Create());
        root.Add(EvalCommand.Create(TimeProvider.System));
        root.Add(VerifyCommand.Create());
        root.Add(NewKeyCommand.Create());
        root.Add(HealthCommand.Create());
        root.Add(CheckCommand.Create());
    }
}
