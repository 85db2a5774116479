using MemoryCluster.Index.Vectors;
using MemoryCluster.Records;
using MemoryCluster.Shards;
using MemoryCluster.Shards.Snapshots;
using MemoryCluster.Storage.Files;
using MemoryCluster.TestKit.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryCluster.Core.Tests.Shards;

/// <summary>Indexes that were saved, against indexes built of the log.</summary>
public sealed class IndexSnapshotTests : IAsyncLifetime, IDisposable
{
    private const int Memories = 1_200;

    private readonly TemporaryFolder _folder = new();
    private FileShardStores _stores = null!;
    private ShardHarness _shard = null!;

    public Task InitializeAsync() => InTurnsAsync(async () =>
    {
        _stores = Stores(_folder.Path);
        _shard = await ShardHarness.StartAsync(_stores);
        await RememberAsync(0, Memories);
    });

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Loaded_AnswersAsRebuilt() => InTurnsAsync(async () =>
    {
        await _shard.Engine.ForgetAsync(new ForgetCommand { Agent = new AgentId("a3") }, ShardHarness.Everything, default);
        await CloseAsync();

        Assert.Equal(3, Saved().Count);
        await AssertAnswersAsRebuiltAsync();
    });

    [Fact]
    public Task Loaded_IndexesNothingAnew() => InTurnsAsync(async () =>
    {
        await CloseAsync();
        await using var store = await _stores.OpenAsync(StoreId.For(new ShardId(ShardHarness.Tenant, ShardHarness.Team, 0)), default);
        var state = new ShardState(ShardHarness.Model);
        IndexSnapshot? snapshot = null;
        await store.DeriveAsync(files => snapshot = IndexSnapshot.Load(files), default);

        var loading = new StateLoading(state, snapshot, _ => TieredVectorIndex.FullBits);
        await foreach (var stored in store.ReadRecordsAsync(default))
        {
            var (record, embedding) = RecordCodec.Decode(stored.Payload);
            loading.Add(stored.Seq, record, embedding);
        }

        Assert.Equal(0, loading.Complete());
        Assert.Equal(0, state.Changes);
        Assert.Equal(Memories, state.Count);
    });

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(20)]
    public Task WithVectorsOfAllPrecisions_LoadedAnswersAsRebuilt_AndIndexesNothingAnew(int daysSince) => InTurnsAsync(async () =>
    {
        // A third of them is older than the rest, and what has faded for long is archived.
        _shard.Policy = new TeamPolicy { Version = 2, Forgetting = new ForgettingPolicy { UnitDays = 3, WarmBits = 8, ColdBits = 4, ArchivedBits = 2 } };
        _shard.Engine.Apply(_shard.Policy);
        _shard.Clock.Advance(TimeSpan.FromDays(daysSince));
        await RememberAsync(Memories, Memories / 2);
        for (var pass = 0; pass < 12; pass++)
        {
            await _shard.Engine.FadeAsync(Memories, 1, default);
        }

        await CloseAsync();

        Assert.Contains(Saved(), file => file.EndsWith("codes-0", StringComparison.Ordinal));
        await AssertAnswersAsRebuiltAsync();
        Assert.Equal(0, await _shard.Engine.FadeAsync(2 * Memories, 1, default));
        await CloseAsync();
        Assert.Contains(Saved(), file => file.EndsWith("indexes-1-codes-0", StringComparison.Ordinal));
    });

    [Fact]
    public Task WhatChangedSinceTheSave_IsIndexedAnew() => InTurnsAsync(async () =>
    {
        await CloseAsync();
        await _shard.ReopenAsync();
        var all = (await _shard.Engine.ListAsync(new MemoryListQuery { Limit = 200 }, ShardHarness.Everything, default)).Items;
        foreach (var memory in all[..20])
        {
            await _shard.Engine.PatchAsync(
                new PatchCommand { Id = memory.Id, IfVersion = 1, Text = $"changed {memory.Text}", Embedding = ShardHarness.Embed($"changed {memory.Text}") },
                ShardHarness.Everything, default);
        }

        foreach (var memory in all[20..40])
        {
            await _shard.Engine.DeleteAsync(new DeleteCommand(memory.Id, false, null), ShardHarness.Everything, default);
        }

        await RememberAsync(Memories, 30);

        // As a kill leaves it: the snapshot is of before.
        Assert.Equal(3, Saved().Count);
        await AssertAnswersAsRebuiltAsync();
    });

    [Theory]
    [InlineData("indexes")]
    [InlineData("indexes-1-words")]
    [InlineData("indexes-1-vectors-0")]
    public Task TornOrDamagedFile_IsDiscarded(string name) => InTurnsAsync(async () =>
    {
        await CloseAsync();
        var path = Saved().Single(file => Path.GetFileName(file) == name);
        var whole = await File.ReadAllBytesAsync(path);
        foreach (var bytes in new[] { whole[..(whole.Length / 2)], [.. whole[..^9], (byte)(whole[^9] ^ 4), .. whole[^8..]] })
        {
            File.Delete(path);
            await File.WriteAllBytesAsync(path, bytes);

            await AssertAnswersAsRebuiltAsync();

            Assert.Empty(Saved());
            await RememberAsync(Memories, 1);
            await _shard.ReopenAsync();
            await SaveAsync();
            path = Saved().Single(file => Path.GetFileName(file) == name);
            await _shard.DisposeAsync();
        }
    });

    [Fact]
    public Task MissingPart_IsBuiltAnew() => InTurnsAsync(async () =>
    {
        await CloseAsync();
        File.Delete(Saved().Single(file => file.EndsWith("words", StringComparison.Ordinal)));

        await AssertAnswersAsRebuiltAsync();
    });

    [Fact]
    public Task Maintenance_SavesOnceNobodyWrites_AndKeepsNothingOfWhatWasErased() => InTurnsAsync(async () =>
    {
        await _shard.Engine.MaintainAsync();
        Assert.Empty(Saved());
        await _shard.Engine.MaintainAsync();
        Assert.Equal(3, Saved().Count);

        var newest = (await _shard.Engine.ListAsync(new MemoryListQuery { Limit = 1 }, ShardHarness.Everything, default)).Items[0];
        await _shard.Engine.DeleteAsync(new DeleteCommand(newest.Id, false, null), ShardHarness.Everything, default);
        await _shard.Engine.MaintainAsync();

        Assert.Empty(Saved());
    });

    // Of the first version, byte for byte: it must be read as long as its number is.
    [Fact]
    public void Manifest_ReadsAndWritesItsSample()
    {
        var sample = Convert.FromHexString(
            "4D4349580100000037FFF36D417FC3A9EDC7B51A32D1131D2A9CA26AFBAEC4AD5596A9D51AAD181D03000000000000000100"
            + "000004746573740200000001000000000102030405060708090A0B0C0D0E0F05000000101112131415161718191A1B1C1D1E"
            + "1F");

        var manifest = IndexManifest.Read(new MemoryStream(sample));

        Assert.Equal((3, "indexes-3-words", "indexes-3-vectors-0"), (manifest.Generation, manifest.WordsFile, manifest.VectorsFile(0)));
        Assert.Equal([new EmbedderModel("test", 2)], manifest.Spaces);
        Assert.Equal((5, new Guid([.. Enumerable.Range(16, 16).Select(i => (byte)i)])), (manifest.Memories[0].Ordinal, manifest.Memories[0].Text));
        var written = new MemoryStream();
        manifest.Write(written);
        Assert.Equal(sample, written.ToArray());
        sample[^1] ^= 1;
        Assert.Throws<InvalidDataException>(() => IndexManifest.Read(new MemoryStream(sample)));
    }

    // One turn at a time, as a grain gives them: an engine takes no calls from two threads.
    private static Task InTurnsAsync(Func<Task> body) => Task.Factory.StartNew(
        body, CancellationToken.None, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    private static FileShardStores Stores(string root) =>
        new(new FileStoreOptions { Root = root }, TimeProvider.System, NullLogger<FileShardStores>.Instance);

    private Task<ImmutableArray<RememberOutcome>> RememberAsync(int first, int count) => _shard.Engine.RememberManyAsync(
        [.. Enumerable.Range(first, count).Select(i => ShardHarness.Command($"turn {i} speaks of w{i % 97} and w{i % 89} and w{i % 83}", agent: new AgentId($"a{i % 7}")))],
        default);

    // Saves, as a shard does that is closed in peace.
    private async Task CloseAsync() => await _shard.DisposeAsync();

    private async Task SaveAsync()
    {
        await _shard.Engine.MaintainAsync();
        await _shard.Engine.MaintainAsync();
    }

    private IReadOnlyList<string> Saved() =>
        [.. Directory.EnumerateFiles(_folder.Path, "indexes*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private async Task AssertAnswersAsRebuiltAsync()
    {
        using var copy = new TemporaryFolder();
        foreach (var path in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            if (!Path.GetFileName(path).StartsWith("indexes", StringComparison.Ordinal) && Path.GetFileName(path) != "lock")
            {
                var target = Path.Combine(copy.Path, Path.GetRelativePath(_folder.Path, path));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(path, target);
            }
        }

        await _shard.ReopenAsync();
        await using var otherStores = Stores(copy.Path);
        var rebuilt = await _shard.StartAnotherAsync(otherStores);
        Assert.Equal((await rebuilt.Engine.GetStatisticsAsync(default)).Memories, (await _shard.Engine.GetStatisticsAsync(default)).Memories);
        for (var i = 0; i < 60; i++)
        {
            var text = $"w{i} and w{i * 3 % 83}";
            Assert.Equal(await ScoresAsync(rebuilt, text, RecallChannels.Vector), await ScoresAsync(_shard, text, RecallChannels.Vector));
            Assert.Equal(await ScoresAsync(rebuilt, text, RecallChannels.Lexical), await ScoresAsync(_shard, text, RecallChannels.Lexical));
        }
    }

    // By id where scores are equal, and without the last of them: which of equals comes first, and which still fits, is their ordinals' affair.
    private static async Task<IEnumerable<(float Score, MemoryId Id)>> ScoresAsync(ShardHarness shard, string text, RecallChannels channel)
    {
        var query = new RecallQuery { Team = ShardHarness.Team, Caller = ShardHarness.Everything.Caller, Text = text, K = 40, Channels = channel };
        var answer = await shard.Engine.SearchAsync(new ShardQuery(query, [ShardHarness.Embed(text)], 0), ShardHarness.Everything, default);
        var scores = answer.Candidates
            .Select(hit => (Score: channel == RecallChannels.Vector ? hit.Scores.Vector : hit.Scores.Lexical, hit.Memory.Id))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id).ToArray();
        Assert.NotEmpty(scores);
        return scores.Where(hit => hit.Score > scores[^1].Score);
    }
}
