using MemoryCluster.Host.Commands.Ingest;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Host.Tests.Commands.Ingest;

public sealed class IngestFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Locomo_IsRecognisedAndEachSpeakerIsAnAgent()
    {
        var file = await OpenAsync(Samples.WriteTo(_folder.Path, "l.jsonl", Samples.Locomo));

        var memories = file.Batches().Single().Items.Select(item => item.Memory).ToArray();

        Assert.Equal(3, memories.Length);
        Assert.All(memories, memory => Assert.Equal("locomo-conv-7", memory.Team));
        Assert.Equal(["Ann", "Bo-Li", "Bo-Li"], memories.Select(memory => memory.Agent));
    }

    [Fact]
    public async Task JsonLines_TakeWhatIsMissingFromTheOptions()
    {
        var file = await OpenAsync(Write("""{"text":"one"}""", """{"text":"two","team":"own","agent":"b","kind":"lesson"}"""), team: "t", agent: "a");

        var memories = file.Batches().Single().Items.Select(item => item.Memory).ToArray();

        Assert.Equal([("t", "a"), ("own", "b")], memories.Select(memory => (memory.Team!, memory.Agent!)));
    }

    [Fact]
    public async Task BadLines_AreNamedByTheirNumberAndTheOthersStay()
    {
        var file = await OpenAsync(
            Write("""{"text":"one","team":"t","agent":"a"}""", "", "{nonsense", """{"text":"x","team":"t","agent":"a","colour":1}""",
                """{"text":"x","agent":"a"}""", """{"text":"two","team":"t","agent":"a"}"""));

        var lines = file.Lines().ToArray();

        Assert.Equal([3, 4, 5], lines.Where(line => line.Problem is not null).Select(line => line.Number));
        Assert.Equal([1, 6], file.Batches().Single().Items.Select(item => item.Line));
    }

    [Fact]
    public async Task Batches_AreTheSameEveryTimeAndNeverTooLarge()
    {
        var random = new Random(4);
        var path = Write([.. Enumerable.Range(0, 900).Select(i => $$"""{"text":"{{new string('x', random.Next(1, 9_000))}}{{i}}","team":"t","agent":"a"}""")]);

        var first = (await OpenAsync(path)).Batches().ToArray();
        var second = (await OpenAsync(path)).Batches().ToArray();

        Assert.Equal(first.Select(batch => (batch.Ordinal, batch.Key, batch.Items.Count)), second.Select(batch => (batch.Ordinal, batch.Key, batch.Items.Count)));
        Assert.Equal(900, first.Sum(batch => batch.Items.Count));
        Assert.Equal(first.Length, first.Select(batch => batch.Key).Distinct().Count());
        Assert.All(first, batch => Assert.True(batch.Items.Count <= 100 && batch.Items.Sum(item => item.Memory.Text.Length) <= 256 * 1024));
    }

    [Fact]
    public async Task Keys_DifferForAnotherTeamOrAnotherContent()
    {
        var path = Write("""{"text":"one"}""");
        var here = (await OpenAsync(path, "t", "a")).Batches().Single().Key;
        var there = (await OpenAsync(path, "u", "a")).Batches().Single().Key;
        File.AppendAllText(path, "\n");
        var later = (await OpenAsync(path, "t", "a")).Batches().Single().Key;

        Assert.Equal(3, new[] { here, there, later }.Distinct().Count());
    }

    private static Task<IngestFile> OpenAsync(string path, string? team = null, string? agent = null) =>
        IngestFile.OpenAsync(path, IngestFormat.Auto, team, agent, CancellationToken.None);

    private string Write(params string[] lines)
    {
        var path = Path.Combine(_folder.Path, "lines.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }
}
