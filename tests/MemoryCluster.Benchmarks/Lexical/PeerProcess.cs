using System.Diagnostics;
using System.Globalization;

namespace MemoryCluster.Benchmarks.Lexical;

/// <summary>A peer's program: told by lines what to do, tells by lines what it took.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    public PeerProcess(string program, params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var ready = ReadLine();
        IndexSeconds = Seconds(ready["ready ".Length..]);
    }

    /// <summary>What indexing took of the processor.</summary>
    public double IndexSeconds { get; }

    /// <summary>Runs a tool to its end.</summary>
    public static void Make(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    /// <summary>All queries once; seconds of the processor.</summary>
    public double Run()
    {
        _process.StandardInput.WriteLine("run");
        return Seconds(ReadLine());
    }

    public IReadOnlyList<int[]> Answers(int queries)
    {
        _process.StandardInput.WriteLine("answers");
        return [.. Enumerable.Range(0, queries).Select(_ => ReadLine().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray())];
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer's program ended early.");

    private static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
