using MemoryCluster.Simulations.Histories;
using MemoryCluster.Simulations.Running;
using MemoryCluster.Simulations.Stores;
using Xunit.Abstractions;

namespace MemoryCluster.Simulations.Tests.Running;

public sealed class SeedTests(ITestOutputHelper output)
{
    private const int CleanSeeds = 300;

    // What the project promises: a bug of this kind does not outlive so many seeds.
    private const int BugSeedsMax = 200;

    [Fact]
    public void Seeds_BreakNoPromise()
    {
        var settings = new RunSettings();

        var failures = SeedRange.FindFailures(settings, firstSeed: 1, CleanSeeds, stopAtFirst: false);

        Assert.True(failures.IsEmpty, string.Join(Environment.NewLine, failures.Take(3).Select(failure => Describe(settings, failure))));
    }

    [Theory]
    [InlineData(SeededBug.AckBeforeAppend)]
    [InlineData(SeededBug.NoEpochCheck)]
    [InlineData(SeededBug.NoTombstone)]
    internal void SeededBug_IsCaught(SeededBug bug)
    {
        var settings = new RunSettings(Bug: bug);

        var failures = SeedRange.FindFailures(settings, firstSeed: 1, BugSeedsMax, stopAtFirst: true);

        Assert.NotEmpty(failures);
        output.WriteLine($"{RunSettings.NameOf(bug)} was caught by seed {failures[0].Seed}: {failures[0].Violations[0]}");
    }

    [Fact]
    public void SameSeed_GivesTheSameRun_WhateverRanBefore()
    {
        var runner = new SeedRunner(new RunSettings());
        var first = runner.Run(11).TraceHash;
        runner.Run(12);

        Assert.Equal(first, runner.Run(11).TraceHash);
        Assert.Equal(first, new SeedRunner(new RunSettings()).Run(11).TraceHash);
        Assert.NotEqual(first, runner.Run(12).TraceHash);
    }

    [Fact]
    public void FewerSilos_WillDo()
    {
        var settings = new RunSettings(Silos: 2);

        Assert.Empty(SeedRange.FindFailures(settings, firstSeed: 5_000, count: 20, stopAtFirst: false));
    }

    [Fact]
    public void Run_IsFullOfAnsweredCalls()
    {
        var calls = new SeedRunner(new RunSettings()).Run(3).History.Calls;

        Assert.InRange(calls.Length, 80, 400);
        Assert.InRange(calls.Count(call => call.IsOk), calls.Length / 2, calls.Length);
    }

    [Fact]
    public void Runs_MergeAndSumUp()
    {
        var runner = new SeedRunner(new RunSettings());

        var seen = Enumerable.Range(1, 30).SelectMany(seed => runner.Run(seed).History.Of<ReadCall>()).SelectMany(read => read.Seen).ToList();

        Assert.Contains(seen, sighting => sighting.IsMade);
        Assert.Contains(seen, sighting => sighting is { IsMade: false, StandsFor.Length: > 0 });
    }

    [Fact]
    public void ReplayCommand_NamesTheSeedAndTheBug()
    {
        Assert.EndsWith("-- --seed 7 --trace --silos 3 --bug no-tombstone", new RunSettings(3, SeededBug.NoTombstone).ReplayCommand(7), StringComparison.Ordinal);
    }

    private static string Describe(RunSettings settings, SeedResult failure) =>
        $"seed {failure.Seed}: {string.Join("; ", failure.Violations.Take(3))}{Environment.NewLine}{settings.ReplayCommand(failure.Seed)}";
}
