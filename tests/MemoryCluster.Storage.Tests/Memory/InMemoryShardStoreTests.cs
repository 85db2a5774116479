using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Storage.Tests.Memory;

public sealed class InMemoryShardStoreTests : ShardStoreContract
{
    private readonly InMemoryShardStores _stores = new();

    [Fact]
    public async Task EveryCall_CompletesBeforeItReturns()
    {
        await using var store = await Completed(_stores.OpenAsync(Id, default).AsTask());

        await Completed(store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "x")], default).AsTask());
        await Completed(store.IsCurrentAsync(default).AsTask());
        await Completed(store.MaintainAsync(Start, default).AsTask());
        Assert.Single(await Completed(StoreContent.Of(store).Records()));
    }

    protected override ValueTask<IShardStores> CreateAsync() => ValueTask.FromResult<IShardStores>(_stores);

    protected override ValueTask<IShardStores> ReopenAsync() => CreateAsync();

    protected override ValueTask CloseAsync(IShardStores stores) => ValueTask.CompletedTask;

    private static TTask Completed<TTask>(TTask task)
        where TTask : Task
    {
        Assert.True(task.IsCompletedSuccessfully);
        return task;
    }
}
