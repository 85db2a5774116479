using System.Diagnostics;

namespace MemoryCluster.LoadTests.Processes;

/// <summary>A process of ours, killed with us, whose last words are kept for the error message.</summary>
internal class ChildProcess : IAsyncDisposable
{
    private const int LinesKept = 40;

    private readonly Process _process;
    private readonly Queue<string> _lines = new();
    private readonly Queue<string> _errors = new();

    protected ChildProcess(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Memory that it holds now.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public bool HasExited => _process.HasExited;

    public string LastWords
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _errors.Except(_lines).Concat(_lines));
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGSTOP: it stands still with everything that it holds, and its peers see only that it does not answer.</summary>
    public Task FreezeAsync(CancellationToken cancellationToken) => SignalAsync("-STOP", cancellationToken);

    /// <summary>SIGTERM, and waits for its end.</summary>
    public async Task TerminateAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("-TERM", cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync(CancellationToken cancellationToken) => SignalAsync("-CONT", cancellationToken);

    /// <summary>Waits for its end.</summary>
    public async Task<int> ExitCodeAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync(CancellationToken.None);
        _process.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [signal, $"{Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
        {
            Keep(_lines, line);
            // Errors are few among many warnings, and what one looks for.
            if (line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal))
                Keep(_errors, line);
        }
    }

    private static void Keep(Queue<string> lines, string line)
    {
        lines.Enqueue(line);
        if (lines.Count > LinesKept)
            lines.Dequeue();
    }
}
