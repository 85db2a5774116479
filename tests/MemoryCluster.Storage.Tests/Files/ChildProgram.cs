using System.Globalization;
using MemoryCluster.Shards;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>The other process: <c>ROOT</c> opens the store, says so, and appends records of 3,000 bytes while it tells each number.</summary>
internal static class ChildProgram
{
    public static async Task<int> Main(string[] args)
    {
        await using var stores = DiskStores.At(args[0]);
        try
        {
            await using var store = await stores.OpenAsync(SimulatedStore.Id, default);
            await SayAsync(store.Seq);
            while (await Console.In.ReadLineAsync() is not null)
                await AppendAsync(store);
        }
        catch (MemoryClusterException fault)
        {
            await Console.Out.WriteLineAsync(fault.Fault.ToString());
        }

        return 0;
    }

    private static async Task AppendAsync(IShardStore store)
    {
        var seq = store.Seq + 1;
        await store.AppendAsync([Mutations.Put(seq, Mutations.Key((int)seq), new string('x', 3_000))], default);
        await SayAsync(seq);
    }

    private static Task SayAsync(long seq) => Console.Out.WriteLineAsync(seq.ToString(CultureInfo.InvariantCulture));
}
