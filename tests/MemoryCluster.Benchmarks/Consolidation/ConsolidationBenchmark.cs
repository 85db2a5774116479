using System.Diagnostics;
using System.Globalization;
using MemoryCluster.Access;
using MemoryCluster.Embedders;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;

namespace MemoryCluster.Benchmarks.Consolidation;

/// <summary>What a pass over the same change takes in a shard, and in one of ten times the memories.</summary>
internal static class ConsolidationBenchmark
{
    private const int Small = 5_000;
    private const int Factor = 10;
    private const int Rounds = 5;
    private const int Changes = 300;
    private const int Batch = 1_000;
    private const int Topics = Small / TopicTexts.TextsPerTopic;
    private const int LevelsRead = 64;

    private static readonly AgentId Writer = new("writer");
    private static readonly AgentId Other = new("other");

    public static async Task RunAsync()
    {
        var (small, large) = (await FilledAsync(Small), await FilledAsync(Factor * Small));
        var seconds = new List<(double Small, double Large, int Steps)>();
        var read = new List<(double Small, double Large, long SmallMade, long LargeMade)>();
        await ReadAsync(small);
        await ReadAsync(large);
        for (var round = -1; round < Rounds; round++)
        {
            var change = ChangeOf(round).ToArray();
            var (ofSmall, ofLarge) = (await PassAsync(small, change), await PassAsync(large, change));
            var (readSmall, readLarge) = (await ReadAsync(small), await ReadAsync(large));
            if (round >= 0)
            {
                read.Add((readSmall.Seconds, readLarge.Seconds, readSmall.Made, readLarge.Made));
                seconds.Add((ofSmall.Seconds, ofLarge.Seconds, ofLarge.Steps));
            }
        }

        Print($"{Changes} changed memories a pass, {Rounds} passes, {seconds.Average(pass => pass.Steps):F0} consolidations each; one thread, in memory");
        Print($"{Small,9:N0} memories: {Median(seconds.Select(pass => pass.Small)) * 1e3,8:F1} ms a pass ({seconds.Min(pass => pass.Small) * 1e3:F1} to {seconds.Max(pass => pass.Small) * 1e3:F1})");
        Print($"{Factor * Small,9:N0} memories: {Median(seconds.Select(pass => pass.Large)) * 1e3,8:F1} ms a pass ({seconds.Min(pass => pass.Large) * 1e3:F1} to {seconds.Max(pass => pass.Large) * 1e3:F1})");
        Print($"then {Topics} timelines: {Median(read.Select(pass => pass.Small)) * 1e3:F1} ms in the small one for {read.Average(pass => pass.SmallMade):F0} summaries, {Median(read.Select(pass => pass.Large)) * 1e3:F1} ms in the large one for {read.Average(pass => pass.LargeMade):F0}");
        Print($"ratio {Median(seconds.Select(pass => pass.Large / pass.Small)):F2} ({seconds.Min(pass => pass.Large / pass.Small):F2} to {seconds.Max(pass => pass.Large / pass.Small):F2})");
    }

    private static async Task<ShardEngine> FilledAsync(int count)
    {
        var watch = Stopwatch.StartNew();
        var embedder = new HashedEmbedder();
        var options = new ShardEngineOptions { Shard = new ShardId(new TenantId("benchmark"), new TeamId("benchmark"), 0), TeamNumber = 1, Model = embedder.Model };
        var engine = await ShardEngine.OpenAsync(options, new InMemoryShardStores(), TimeProvider.System, new Random(1), default);
        var texts = new TopicTexts(1);
        for (var written = 0; written < count; written += Batch)
        {
            var commands = Enumerable.Range(written, Batch).Select(i => Command(Writer, texts.About(i / TopicTexts.TextsPerTopic), i, i / TopicTexts.TextsPerTopic));
            await engine.RememberManyAsync([.. commands], default);
        }

        var first = await ConsolidateAsync(engine);
        Print($"{count:N0} memories written and consolidated the first time in {watch.Elapsed.TotalSeconds:F0} s, {first.Steps.Length:N0} consolidations");
        return engine;
    }

    // A third said before by another agent, a third new facts, a third new advice, about what both shards know.
    private static IEnumerable<RememberCommand> ChangeOf(int round)
    {
        var (texts, known) = (new TopicTexts(100 + round), new TopicTexts(1));
        for (var i = 0; i < Changes; i++)
        {
            var topic = texts.Next(Topics);
            var fresh = texts.About(topic);
            var said = known.About(i / TopicTexts.TextsPerTopic);
            yield return i % 3 == 0
                ? Command(new AgentId($"other-{round + 1}"), said, 0, i / TopicTexts.TextsPerTopic)
                : Command(Other, fresh, i % 3 == 1 ? 1 : 0, topic);
        }
    }

    private static async Task<(double Seconds, int Steps)> PassAsync(ShardEngine engine, RememberCommand[] change)
    {
        await engine.RememberManyAsync([.. change], default);
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        var report = await ConsolidateAsync(engine);
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, report.Steps.Length);
    }

    private static Task<ConsolidationReport> ConsolidateAsync(ShardEngine engine) =>
        engine.ConsolidateAsync(int.MaxValue, static (text, _) => Task.FromResult(new HashedEmbedder().Embed(text)), default);

    // The timelines of the topics that changes are about: their trees are kept up during the passes.
    private static async Task<(double Seconds, long Made)> ReadAsync(ShardEngine engine)
    {
        var everything = AccessView.Of(new Caller { Tenant = new TenantId("benchmark"), Key = default }, new DirectorySnapshot { Version = 0 });
        var (started, made) = (Stopwatch.GetTimestamp(), engine.TimelineSummaries);
        for (var topic = 0; topic < Topics; topic++)
        {
            await engine.ReadTimelineAsync(new TimelineQuery { Session = SessionOf(topic), Level = LevelsRead, Limit = 1 }, everything, default);
        }

        return (Stopwatch.GetElapsedTime(started).TotalSeconds, engine.TimelineSummaries - made);
    }

    private static string SessionOf(int topic) => $"topic {topic}";

    // Every fourth is advice.
    private static RememberCommand Command(AgentId agent, string text, int number, int topic) => new(
        agent,
        new MemoryDraft
        {
            Text = text, Source = new SourceRef { Session = SessionOf(topic) }, Kind = number % 4 == 1 ? MemoryKind.Lesson : MemoryKind.Fact, Visibility = Visibility.Team, WrittenBy = default,
            Embedding = new HashedEmbedder().Embed(text),
        },
        null);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
