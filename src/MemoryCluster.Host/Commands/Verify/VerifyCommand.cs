using System.CommandLine;
using MemoryCluster.Diffusion;
using MemoryCluster.Embedders;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Files;
using Spectre.Console;

namespace MemoryCluster.Host.Commands.Verify;

/// <summary><c>verify</c>: checks a data folder without a server, and changes nothing.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "The server's data folder.",
            DefaultValueFactory = _ => new DirectoryInfo(DataFolders.Default),
        };
        var json = CommandOutput.JsonOption();
        var command = new Command("verify", "Check a data folder: checksums, sequence, records, and the indexes built of them. Exit code 1 if something is wrong.") { data, json };
        command.SetGuardedAction((parsed, cancellationToken) =>
        {
            var report = Verify(parsed.GetRequiredValue(data).FullName, cancellationToken);
            new CommandOutput(parsed, json).Print(report, CliJson.Readable.VerifyReport, Print);
            return Task.FromResult(report.Sound ? 0 : 1);
        });
        return command;
    }

    private static VerifyReport Verify(string folder, CancellationToken cancellationToken)
    {
        var stores = new FileStoreVerifier(CheckRecords).VerifyAll(DataFolders.Stores(folder), cancellationToken);
        return new VerifyReport { Folder = folder, Stores = stores, Sound = stores.All(store => store.Problems.Count == 0) };
    }

    // Vectors of another model are decoded and left at that: only the built-in model is known without a server.
    private static IReadOnlyList<string> CheckRecords(string store, IEnumerable<StoredRecord> records, long seq) =>
        StoreId.IsDirectory(store)
            ? StoredRecordsVerifier.VerifyDirectory(records)
            : StoreId.IsController(store)
            ? StoredRecordsVerifier.VerifyController(records)
            : StoreId.IsDiffusion(store)
            ? DiffusionEngine.Verify(records)
            : StoredRecordsVerifier.VerifyShard(records, seq, new StaticEmbedder().Model);

    private static void Print(IAnsiConsole console, VerifyReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("store", "records", "tombstones", "operations", "seq", "frames", "torn bytes", "problems");
        foreach (var store in report.Stores)
        {
            table.AddRow(
                Markup.Escape(store.Store), $"{store.Records}", $"{store.Tombstones}", $"{store.Operations}", $"{store.Seq}",
                $"{store.Frames}", $"{store.TornBytes}", $"{store.Problems.Count}");
        }

        console.Write(table);
        foreach (var (store, problem) in report.Stores.SelectMany(store => store.Problems.Select(problem => (store.Store, problem))))
            console.WriteLine($"{store}: {problem}");
        console.WriteLine(report.Sound ? $"{report.Stores.Count} stores, all sound" : "Something is wrong, see above");
    }
}
