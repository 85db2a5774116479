using System.Collections.Concurrent;

namespace MemoryCluster.Simulations.Running;

/// <summary>Runs a range of seeds on several threads, each of which runs whole seeds.</summary>
internal static class SeedRange
{
    /// <summary>The results that broke a promise, by seed; all seeds are run unless <paramref name="stopAtFirst"/>.</summary>
    public static ImmutableArray<SeedResult> FindFailures(
        RunSettings settings, int firstSeed, int count, bool stopAtFirst, Action<SeedResult>? onResult = null)
    {
        var failures = new ConcurrentBag<SeedResult>();
        using var runners = new ThreadLocal<SeedRunner>(() => new SeedRunner(settings));
        // In order and one by one: a range split beforehand would leave the end to one thread, and find late failures first.
        var seeds = Partitioner.Create(Enumerable.Range(firstSeed, count), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, state) =>
        {
            var result = runners.Value!.Run(seed);
            onResult?.Invoke(result);
            if (!result.Violations.IsEmpty)
            {
                failures.Add(result);
                if (stopAtFirst)
                {
                    state.Stop();
                }
            }
        });
        return [.. failures.OrderBy(failure => failure.Seed)];
    }
}
