using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Shards;

/// <summary>Random operations on the engine and on a dictionary; after each reopening both must tell the same.</summary>
public sealed class ShardModelTests
{
    private static readonly string[] Words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task RandomOperations_AgreeWithADictionary(int seed)
    {
        var random = new Random(seed);
        await using var shard = await StartAsync(seed: seed);
        var model = new Dictionary<MemoryId, (int Version, string Text)>();
        var gone = new List<MemoryId>();
        for (var step = 0; step < 600; step++)
        {
            shard.Clock.Advance(TimeSpan.FromSeconds(random.Next(3)));
            switch (random.Next(10))
            {
                case < 5:
                    await RememberAsync(shard, model, random);
                    break;
                case < 7 when model.Count > 0:
                    await PatchAsync(shard, model, random);
                    break;
                case < 9 when model.Count > 0:
                    var id = Pick(model, random);
                    await shard.Engine.DeleteAsync(new DeleteCommand(id, false, null), Everything, default);
                    model.Remove(id);
                    gone.Add(id);
                    break;
                case 9:
                    await shard.ReopenAsync();
                    break;
                default:
                    break;
            }
        }

        await shard.ReopenAsync();
        await AssertAgreesAsync(shard, model, gone, seed);
    }

    private static async Task RememberAsync(ShardHarness shard, Dictionary<MemoryId, (int Version, string Text)> model, Random random)
    {
        var text = RandomText(random);
        var result = await shard.RememberAsync(text);
        if (result.Decision == Decision.Admitted)
        {
            Assert.DoesNotContain(model.Values, memory => memory.Text == text);
            model.Add(result.Id, (1, text));
        }
        else
        {
            Assert.Equal(Decision.Merged, result.Decision);
            Assert.Contains(result.Id, model.Keys);
        }
    }

    private static async Task PatchAsync(ShardHarness shard, Dictionary<MemoryId, (int Version, string Text)> model, Random random)
    {
        var id = Pick(model, random);
        var text = $"{RandomText(random)} {random.Next()}";
        var change = new PatchCommand { Id = id, IfVersion = model[id].Version, Text = text, Embedding = Embed(text) };
        var changed = await shard.Engine.PatchAsync(change, Everything, default);
        model[id] = (model[id].Version + 1, text);
        Assert.Equal(model[id].Version, changed.Version);
    }

    private static async Task AssertAgreesAsync(
        ShardHarness shard, Dictionary<MemoryId, (int Version, string Text)> model, List<MemoryId> gone, int seed)
    {
        Assert.Equal(model.Count, (await shard.Engine.GetStatisticsAsync(default)).Memories);
        foreach (var (id, expected) in model)
        {
            var memory = await shard.GetAsync(id);
            Assert.True(memory is not null && (memory.Version, memory.Text) == expected, $"seed {seed}: {id} is {memory}, expected {expected}");
            Assert.Equal(Math.Min(expected.Version - 1, MemoryRecord.RevisionsMax), memory.Revisions.Length);
        }

        foreach (var id in gone)
        {
            Assert.Null(await shard.GetAsync(id));
        }

        var listed = await shard.Engine.ListAsync(new MemoryListQuery { Limit = 1_000 }, Everything, default);
        Assert.Equal(model.Keys.OrderDescending(), listed.Items.Select(item => item.Id));
        var recalled = await shard.RecallAsync(string.Join(' ', Words), 200);
        Assert.All(recalled, hit => Assert.Contains(hit.Memory.Id, model.Keys));
    }

    private static MemoryId Pick(Dictionary<MemoryId, (int Version, string Text)> model, Random random) =>
        model.Keys.ElementAt(random.Next(model.Count));

    private static string RandomText(Random random) =>
        string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Words[random.Next(Words.Length)]));
}
