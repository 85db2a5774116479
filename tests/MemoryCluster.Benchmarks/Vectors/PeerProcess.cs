using System.Diagnostics;
using System.Globalization;

namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>Another library's program: compiled for this processor, fed by files, asked a line at a time.</summary>
internal sealed class PeerProcess : IGraphContender, IDisposable
{
    private readonly Process _process;

    private PeerProcess(string name, Process process)
    {
        Name = name;
        _process = process;
        (BuildSeconds, BytesPerVector) = ReadPair();
    }

    public string Name { get; }

    public double BuildSeconds { get; }

    public double BytesPerVector { get; }

    /// <summary>Compiles and starts the program, which builds its index; null, with the reason on the console, where that cannot be done.</summary>
    public static PeerProcess? TryStart(string name, string source, string libraries, GraphData data)
    {
        var binary = Path.Combine(data.Folder, name);
        var sourcePath = Path.Combine(AppContext.BaseDirectory, "Vectors", "Peers", source);
        try
        {
            using var compiler = Process.Start("g++", $"-O3 -march=native -o {binary} {sourcePath} {libraries}");
            compiler.WaitForExit();
            if (compiler.ExitCode != 0)
            {
                Console.WriteLine($"{name} is left out: its program does not compile.");
                return null;
            }
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            Console.WriteLine($"{name} is left out: g++ does not start ({fault.Message}).");
            return null;
        }

        var start = new ProcessStartInfo(binary, $"{data.Folder} {data.Dimensions} 16 200") { RedirectStandardInput = true, RedirectStandardOutput = true };
        return new PeerProcess(name, Process.Start(start)!);
    }

    public GraphRound Search(int width) => Ask($"search {width}");

    public GraphRound? SearchFiltered(int width, int divisor) =>
        Name.StartsWith("faiss", StringComparison.Ordinal) ? null : Ask(string.Create(CultureInfo.InvariantCulture, $"filter {width} {divisor}"));

    private GraphRound Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        var (recall, seconds) = ReadPair();
        return new GraphRound(recall, seconds);
    }

    private (double First, double Second) ReadPair()
    {
        var line = _process.StandardOutput.ReadLine() ?? throw new IOException($"{Name} ended.");
        var parts = line.Split(' ');
        return (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
