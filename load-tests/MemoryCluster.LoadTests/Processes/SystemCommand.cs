using System.Diagnostics;

namespace MemoryCluster.LoadTests.Processes;

/// <summary>A command of the system's that ends by itself.</summary>
internal static class SystemCommand
{
    /// <summary>Whether it is on the PATH.</summary>
    public static bool Exists(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <exception cref="InvalidOperationException">It failed; what it said is in the message.</exception>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var words = arguments.ToArray();
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, words) { RedirectStandardError = true, RedirectStandardOutput = true },
        };
        process.Start();
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"'{program} {string.Join(' ', words)}' failed: {string.Concat(said).Trim()}");
    }
}
