using System.Globalization;

namespace MemoryCluster.LoadTests.Targets;

/// <summary>Reads what the processes of a target hold, again and again while a load runs.</summary>
internal sealed class ProcessMeter(ILoadTarget target, TimeProvider clock, TimeSpan interval)
{
    private readonly List<ProcessReading> _readings = [];
    private readonly long _began = clock.GetTimestamp();

    public IReadOnlyList<ProcessReading> Readings => _readings;

    /// <summary>Reads until it is cancelled, and once more then.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            do
                Read();
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Read();
        }
    }

    private void Read()
    {
        var second = clock.GetElapsedTime(_began).TotalSeconds;
        foreach (var (name, id) in target.Processes)
        {
            if (ReadProcess(id) is var (megabytes, handles, threads))
                _readings.Add(new ProcessReading(Math.Round(second, 1), name, id, megabytes, handles, threads));
        }
    }

    // Of the kernel's own files, since Process has no number of handles on Linux; null while a process is between two lives.
    private static (double Megabytes, int Handles, int Threads)? ReadProcess(int id)
    {
        try
        {
            var status = File.ReadAllLines($"/proc/{id}/status");
            return (Number(status, "VmRSS:") * 1024 / 1e6, Directory.GetFiles($"/proc/{id}/fd").Length, (int)Number(status, "Threads:"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    private static double Number(string[] status, string name)
    {
        var line = status.First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
