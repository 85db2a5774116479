using System.Diagnostics;
using System.Text.Json;
using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Running;

/// <summary>Runs seeds for somebody who watches.</summary>
internal sealed class Report(RunSettings settings, TextWriter output, bool json)
{
    private const int FailuresShown = 10;
    private const int ProgressEvery = 1_000;

    private int _runs;
    private long _calls;
    private long _answered;
    private long _decided;
    private long _splits;
    private long _replays;
    private long _replaysFailed;
    private long _worded;

    /// <summary>Runs one seed. The process's exit code.</summary>
    public int RunOne(int seed, bool trace)
    {
        var result = new SeedRunner(settings, trace ? output.WriteLine : null).Run(seed);
        if (trace)
        {
            foreach (var call in result.History.Calls)
            {
                output.WriteLine($"{call.Start / (double)TimeSpan.TicksPerMillisecond,12:F3} {call}");
            }
        }

        Count(result);
        return Conclude([result], TimeSpan.Zero);
    }

    /// <summary>Runs many seeds. The process's exit code.</summary>
    public int RunMany(int firstSeed, int count)
    {
        var watch = Stopwatch.StartNew();
        var failures = SeedRange.FindFailures(settings, firstSeed, count, stopAtFirst: false, Count);
        return Conclude(failures, watch.Elapsed);
    }

    private void Count(SeedResult result)
    {
        Interlocked.Add(ref _calls, result.History.Calls.Length);
        Interlocked.Add(ref _answered, result.History.Calls.Count(call => call.IsOk));
        Interlocked.Add(ref _decided, result.Decided);
        Interlocked.Add(ref _splits, result.Splits);
        Interlocked.Add(ref _replays, result.History.Runs.Replays.Count(replay => replay.Pair.Trace is not null));
        Interlocked.Add(ref _worded, result.History.Calls.OfType<TimelineCall>().Sum(call => call.Worded));
        Interlocked.Add(ref _replaysFailed, result.History.Runs.ReplaysFailed.Length);
        if (Interlocked.Increment(ref _runs) % ProgressEvery == 0 && !json)
        {
            output.WriteLine($"{_runs} runs");
        }
    }

    private int Conclude(ImmutableArray<SeedResult> results, TimeSpan elapsed)
    {
        var failures = results.Where(result => !result.Violations.IsEmpty).ToList();
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                runs = _runs, settings.Silos, bug = RunSettings.NameOf(settings.Bug), calls = _calls, answered = _answered, decidedAgain = _decided,
                replays = _replays, replaysFailed = _replaysFailed, worded = _worded, splits = _splits,
                seconds = elapsed.TotalSeconds, traceHash = _runs == 1 ? $"{results[0].TraceHash:x16}" : null,
                failures = failures.Select(failure => new
                {
                    failure.Seed, violations = failure.Violations.Select(violation => $"{violation.Rule}: {violation.What}"), replay = settings.ReplayCommand(failure.Seed),
                }),
            }));
            return failures.Count == 0 ? 0 : 1;
        }

        failures.Take(FailuresShown).ToList().ForEach(Show);
        output.WriteLine(
            $"{_runs} runs of {settings.Silos} silos, {_calls} calls ({_answered} answered), {_decided} reported runs decided again, "
            + $"{_replays} replays outside ({_replaysFailed} failed), {_worded} summaries of a model read, {_splits} shards split, {failures.Count} failed, {elapsed.TotalSeconds:F1} s");
        if (_runs == 1)
        {
            output.WriteLine($"trace {results[0].TraceHash:x16}");
        }
        else
        {
            ShowRules(failures);
        }

        return failures.Count == 0 ? 0 : 1;
    }

    private void Show(SeedResult failure)
    {
        output.WriteLine($"seed {failure.Seed}:");
        foreach (var violation in failure.Violations.Take(3))
        {
            output.WriteLine($"  {violation.Rule}: {violation.What}");
        }

        output.WriteLine($"  replay: {settings.ReplayCommand(failure.Seed)}");
    }

    private void ShowRules(List<SeedResult> failures)
    {
        foreach (var rule in failures.SelectMany(failure => failure.Violations.Select(violation => violation.Rule).Distinct()).CountBy(rule => rule))
        {
            output.WriteLine($"  {rule.Key}: {rule.Value} seed(s)");
        }
    }
}
