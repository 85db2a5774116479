using System.Diagnostics;
using System.Globalization;

namespace MemoryCluster.Benchmarks;

/// <summary>Several things measured in alternating rounds, so that what else the machine does falls on all of them alike.</summary>
internal static class Measurement
{
    /// <summary>Runs every case once to warm up and then once per round; prints each case's median with its lowest and highest round.</summary>
    public static async Task RunAsync(int rounds, params (string Name, int Count, Func<int, Task> Run)[] cases)
    {
        var seconds = Array.ConvertAll(cases, _ => new List<double>());
        for (var round = -2; round < rounds; round++)
        {
            for (var index = 0; index < cases.Length; index++)
            {
                GC.Collect();
                var startedAt = Stopwatch.GetTimestamp();
                await cases[index].Run(cases[index].Count);
                var elapsed = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
                if (round >= 0)
                {
                    seconds[index].Add(elapsed);
                }
            }
        }

        Print($"{"case",-44} {"ns/call",10} {"calls/s",12}   lowest..highest calls/s of {rounds} rounds");
        for (var index = 0; index < cases.Length; index++)
        {
            seconds[index].Sort();
            var count = (double)cases[index].Count;
            var median = seconds[index][seconds[index].Count / 2];
            Print($"{cases[index].Name,-44} {median / count * 1e9,10:F0} {count / median,12:F0}   {count / seconds[index][^1],0:F0}..{count / seconds[index][0]:F0}");
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
