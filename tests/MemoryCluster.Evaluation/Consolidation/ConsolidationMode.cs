using System.Collections.Immutable;
using System.Globalization;
using MemoryCluster.Consolidation;
using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Embedders;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Consolidation;

/// <summary>Active records before and after one pass, against what their occasions find; and a sample of what was merged, for reading by eye.</summary>
internal static class ConsolidationMode
{
    private const int Sample = 200;
    private const int SampleSeedDefault = 1;

    private static readonly ImmutableArray<(string Name, Func<Advice, string> TextOf)> Forms =
    [
        ("content", advice => advice.Content),
        ("occasion and content", advice => $"{advice.WhenToUse}: {advice.Content}"),
    ];

    public static void Run(string[] args) => RunAsync(args).GetAwaiter().GetResult();

    private static async Task RunAsync(string[] args)
    {
        var data = new DataFolder(Arguments.Required(args, "--data"));
        var embedder = new StaticEmbedder();
        var policy = new ConsolidationPolicy();
        if (Arguments.Optional(args, "--family") is { } family)
        {
            policy = policy with { FamilySimilarity = double.Parse(family, CultureInfo.InvariantCulture) };
        }

        var seed = Arguments.Optional(args, "--sample-seed") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : SampleSeedDefault;
        Console.WriteLine($"One pass; families from {policy.FamilySimilarity} on, {policy.FamilyMax} members and {policy.InsightCharsMax} characters at most.");
        Console.WriteLine("| set, text | records | active before | after | fewer | characters | sentences lost | recall@10 before | after | difference |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        var samples = new List<string>();
        foreach (var (set, advice) in SetsIn(data))
        {
            foreach (var (form, textOf) in Forms)
            {
                samples.AddRange(await MeasureAsync($"{set}, {form}", advice, policy, textOf, embedder, seed));
            }
        }

        if (Arguments.Optional(args, "--sample") is { } file)
        {
            await File.WriteAllLinesAsync(file, samples);
        }
    }

    private static async Task<IEnumerable<string>> MeasureAsync(
        string name, IReadOnlyList<Advice> advice, ConsolidationPolicy policy, Func<Advice, string> textOf, StaticEmbedder embedder, int seed)
    {
        var shard = await AdviceShard.FillAsync(embedder, advice, policy, textOf);
        var before = await shard.ListAsync(MemoryState.Active);
        var foundBefore = await FoundAsync(shard, advice);
        var report = await shard.ConsolidateAsync();
        var after = await shard.ListAsync(MemoryState.Active);
        var foundAfter = await FoundAsync(shard, advice);
        var difference = Estimate.OfMean([.. foundAfter.Zip(foundBefore, (later, earlier) => later - earlier)]);
        var lost = await LostAsync(shard);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {advice.Count} | {before.Length} | {after.Length} | {1 - ((double)after.Length / before.Length):P1} | {after.Sum(memory => memory.Text.Length) / (double)before.Sum(memory => memory.Text.Length):P0} | {lost} | {foundBefore.Average():F3} | {foundAfter.Average():F3} | {difference} |"));
        return await SampleAsync(name, shard, report, seed);
    }

    // Sentences of merged records that what stands for them does not say.
    private static async Task<string> LostAsync(AdviceShard shard)
    {
        var (lost, all) = (0, 0);
        foreach (var memory in await shard.ListAsync(MemoryState.Merged))
        {
            var by = Sentences.Of((await shard.FoundAsAsync(memory.Id)).Text);
            var own = Sentences.Of(memory.Text);
            all += own.Length;
            lost += own.Count(sentence => !by.Any(other => sentence.Text == other.Text || sentence.IsCoveredBy(other)));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{lost} of {all}");
    }

    private static async Task<double[]> FoundAsync(AdviceShard shard, IReadOnlyList<Advice> advice)
    {
        var found = new double[advice.Count];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = await shard.FindsAsync(advice[i].WhenToUse, shard.Ids[i]) ? 1 : 0;
        }

        return found;
    }

    private static async Task<IEnumerable<string>> SampleAsync(string name, AdviceShard shard, ConsolidationReport report, int seed)
    {
        var merged = (await shard.ListAsync(MemoryState.Merged)).OrderBy(memory => memory.Text, StringComparer.Ordinal).ToArray();
        new Random(seed).Shuffle(merged);
        var lines = new List<string> { $"# {name}: {merged.Length} merged, by {string.Join(", ", report.Steps.CountBy(step => step.Reason).Select(pair => $"{pair.Value} {pair.Key}"))}" };
        foreach (var (number, memory) in merged.Take(Sample).Index())
        {
            var by = await shard.FoundAsAsync(memory.Id);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"## {number + 1}. {memory.Consolidation!.Reason} {memory.Consolidation.Similarity:F3}"));
            lines.Add($"MERGED: {memory.Text}");
            lines.Add($"INTO:   {by.Text.ReplaceLineEndings(" ¶ ")}");
        }

        return lines;
    }

    private static IEnumerable<(string Name, IReadOnlyList<Advice> Advice)> SetsIn(DataFolder data)
    {
        string[] files = ["appworld", "appworld_qwen3_14b", "appworld_qwen3_32b", "appworld_qwen3_8b"];
        yield return ("appworld", [.. files.SelectMany(file => AdviceIn(data, $"reme_library/{file}.jsonl"))]);
        yield return ("research_plan", [.. AdviceIn(data, "reme_library/research_plan.jsonl")]);
    }

    private static IEnumerable<Advice> AdviceIn(DataFolder data, string file) => data.Lines(file).Select(line => new Advice(
        new AgentId(DataFolder.Text(line, "author") is { Length: > 0 } author ? author : "planner"),
        DataFolder.Text(line, "when_to_use"), DataFolder.Text(line, "content")));
}
