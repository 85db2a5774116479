using MemoryCluster.LocalEngine.Storage;
using MemoryCluster.LocalEngine.Tests.Engines;
using MemoryCluster.LocalEngine.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace MemoryCluster.LocalEngine.Tests.Contract;

public sealed class StateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memory-cluster-state").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, BothEngines]
    public Task State_IsReadBeforeTheGrainComesUp_AndOnlyWhatWasWrittenIsThere(EngineKind kind) => RunAsync(kind, new MemoryGrainStorage(), WriteAndReadAsync);

    [Theory, BothEngines]
    public Task State_InFiles_Likewise(EngineKind kind) => RunAsync(kind, new FileGrainStorage(_folder), WriteAndReadAsync);

    [Theory, BothEngines]
    public Task StateThatAnotherWrote_IsAConflict_AndTheGrainStartsAgainFromWhatIsThere(EngineKind kind)
    {
        var storage = new MemoryGrainStorage();
        return RunAsync(kind, storage, async scene =>
        {
            var grain = scene.Grains.GetGrain<IStateGrain>("a");
            await grain.WriteAsync("mine");
            var id = GrainId.Create("state", "a");
            var other = new GrainState<Page>();
            await storage.ReadStateAsync("page", id, other);
            other.State!.Text = "theirs";
            await storage.WriteStateAsync("page", id, other);

            var conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => grain.WriteAsync("mine again"));

            Assert.Equal(("2", "1"), (conflict.StoredEtag, conflict.CurrentEtag));
            Assert.StartsWith("theirs|", await grain.ReadAsync(), StringComparison.Ordinal);
            await grain.WriteAsync("mine at last");
        });
    }

    [Fact]
    public async Task ClearedState_StillFindsOutAWriterWhoHasNotHeard()
    {
        foreach (var storage in new JsonGrainStorage[] { new MemoryGrainStorage(), new FileGrainStorage(_folder) })
        {
            var id = GrainId.Create("state", "a");
            var first = new GrainState<Page>(new Page());
            await storage.WriteStateAsync("page", id, first);
            var second = new GrainState<Page>();
            await storage.ReadStateAsync("page", id, second);
            await storage.ClearStateAsync("page", id, second);
            await storage.WriteStateAsync("page", id, second);

            await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("page", id, first));
        }
    }

    [Fact]
    public async Task FileState_OutlivesItsStorageObject_AndLeavesNoTraceOfAnUnfinishedWrite()
    {
        var id = GrainId.Create("state", "a/../b");
        var written = new GrainState<Page>(new Page { Text = "kept" });
        await new FileGrainStorage(_folder).WriteStateAsync("a page", id, written);
        await File.WriteAllTextAsync(Directory.GetFiles(_folder, "*.json", SearchOption.AllDirectories).Single() + ".new", "torn");

        var read = new GrainState<Page>();
        await new FileGrainStorage(_folder).ReadStateAsync("a page", id, read);

        Assert.Equal(("kept", "1", true), (read.State!.Text, read.ETag, read.RecordExists));
    }

    private static async Task WriteAndReadAsync(Scene scene)
    {
        var grain = scene.Grains.GetGrain<IStateGrain>("a");
        Assert.Equal("||False|False", await grain.ReadAsync());
        await grain.WriteAsync("one");
        await grain.WriteAsync("two");
        await grain.ScribbleAsync("three");
        await grain.EndAsync();

        Assert.Equal("two|,one|True|False", await grain.ReadAsync());
        await grain.ClearAsync();
        Assert.Equal("||False|False", await grain.ReadAsync());
        await grain.WriteAsync("four");
        await grain.EndAsync();
        Assert.Equal("four||True|False", await grain.ReadAsync());
    }

    private static Task RunAsync(EngineKind kind, IGrainStorage storage, Func<Scene, Task> fact) => Engine.RunAsync(
        kind,
        fact,
        setup => setup.Services = services => services.AddMemoryGrainStorage().AddKeyedSingleton("books", storage));
}
