namespace MemoryCluster.LoadTests.Processes;

internal static class ChildProcessExtensions
{
    /// <summary>The process once it answers; ended, and its last words in the exception, if it does not in time.</summary>
    public static async Task<TProcess> StartedAsync<TProcess>(
        this TProcess process, IProbe probe, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
        where TProcess : ChildProcess
    {
        try
        {
            await WaitAsync(process, probe, patience, clock, cancellationToken);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static async Task WaitAsync(
        ChildProcess process, IProbe probe, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (!await probe.AnswersAsync(cancellationToken))
        {
            if (process.HasExited || clock.GetElapsedTime(began) > patience)
            {
                var end = process.HasExited ? "ended before it answered" : $"did not answer within {patience.TotalSeconds} s";
                throw new InvalidOperationException($"{process.GetType().Name} {process.Id} {end}. Its last words:\n{process.LastWords}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), clock, cancellationToken);
        }
    }
}
