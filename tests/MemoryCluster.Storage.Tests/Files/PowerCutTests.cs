using MemoryCluster.Storage.Files;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>The disk stops between any two calls, the power goes, and what was not synced stays or goes sector by sector.</summary>
public sealed class PowerCutTests
{
    private const int Seeds = 150;

    [Fact]
    public async Task AfterAPowerCut_EveryAcknowledgedAppendIsThereAndTheLastOneWholeOrNot()
    {
        for (var seed = 1; seed <= Seeds; seed++)
            await RunAsync(seed);
    }

    private static async Task RunAsync(int seed)
    {
        var random = new Random(seed);
        var disk = new SimulatedFiles();
        var model = new StoreModel(seed);
        for (var cut = 0; cut < 4; cut++)
        {
            disk.ChangesLeft = random.Next(1, 120);
            await UseUntilTheDiskGoesAsync(disk, model);
            disk = disk.AfterPowerCut(random);
            await using var stores = Stores(disk);
            await using var store = await stores.OpenAsync(SimulatedStore.Id, default);
            var lost = await model.Acknowledged.DifferenceAsync(store);
            var whole = await model.Tried.DifferenceAsync(store);
            Assert.True(lost is null || whole is null, $"Seed {seed}, cut {cut}: {lost}; and {whole}.");
            model.Settle(whole is null);
        }
    }

    private static async Task UseUntilTheDiskGoesAsync(SimulatedFiles disk, StoreModel model)
    {
        await using var stores = Stores(disk);
        try
        {
            while (true)
            {
                await using var store = await stores.OpenAsync(SimulatedStore.Id, default);
                for (var append = 0; append < 12; append++)
                    await model.StepAsync(store);
            }
        }
        catch (MemoryClusterException fault)
        {
            Assert.Contains(fault.Fault, new[] { MemoryFault.StoreUnavailable, MemoryFault.OutcomeUnknown });
        }
    }

    private static FileShardStores Stores(SimulatedFiles disk) =>
        SimulatedStore.Stores(disk, compactionBytesMin: 0, snapshotBytesMin: 2_000);
}
