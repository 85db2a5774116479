using System.Diagnostics;
using System.Globalization;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>Two real processes on one real folder.</summary>
public sealed class ProcessTests : IDisposable
{
    // In blocks of 512 or 1,024 bytes. Without the setting the runtime needs larger files than that for itself.
    private const string LimitFileSize = "trap '' XFSZ; ulimit -f 600; DOTNET_EnableWriteXorExecute=0 exec \"$0\" \"$@\"";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StoreHeldByAnotherProcess_IsRefusedUntilThatEnds()
    {
        using var child = Start();
        Assert.Equal("0", await child.StandardOutput.ReadLineAsync());
        await using var stores = DiskStores.At(_folder.Path);

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () => await stores.OpenAsync(SimulatedStore.Id, default));

        Assert.Equal(MemoryFault.StoreUnavailable, fault.Fault);
        Assert.Contains("another process holds", fault.Message, StringComparison.Ordinal);
        await KillAsync(child);
        await using var store = await stores.OpenAsync(SimulatedStore.Id, default);
        Assert.Equal(2, store.Epoch);
    }

    [Fact]
    public async Task StoreHeldByOtherStoresOfThisProcess_IsRefused()
    {
        await using var first = DiskStores.At(_folder.Path);
        await using var second = DiskStores.At(_folder.Path);
        await using var store = await first.OpenAsync(SimulatedStore.Id, default);

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () => await second.OpenAsync(SimulatedStore.Id, default));

        Assert.Equal(MemoryFault.StoreUnavailable, fault.Fault);
        Assert.True(await store.IsCurrentAsync(default));
    }

    [Fact]
    public async Task Stores_MayCloseBeforeTheirHandles()
    {
        var stores = DiskStores.At(_folder.Path);
        var store = await stores.OpenAsync(SimulatedStore.Id, default);

        await stores.DisposeAsync();
        await stores.DisposeAsync();
        await store.DisposeAsync();

        await using var next = DiskStores.At(_folder.Path);
        await using var reopened = await next.OpenAsync(SimulatedStore.Id, default);
        Assert.Equal(2, reopened.Epoch);
    }

    [Fact]
    public async Task KilledProcess_LosesNothingItAcknowledged()
    {
        long acknowledged = 0;
        for (var life = 0; life < 3; life++)
        {
            using var child = Start();
            Assert.InRange(await ReadSeqAsync(child), acknowledged, acknowledged + 1);
            for (var append = 0; append < 50 + life; append++)
            {
                await child.StandardInput.WriteLineAsync();
                acknowledged = await ReadSeqAsync(child);
            }

            // One more is under way when it dies.
            await child.StandardInput.WriteLineAsync();
            await KillAsync(child);
        }

        await using var stores = DiskStores.At(_folder.Path);
        await using var store = await stores.OpenAsync(SimulatedStore.Id, default);
        Assert.InRange(store.Seq, acknowledged, acknowledged + 1);
        Assert.Equal(store.Seq, (await StoreContent.Of(store).Records()).Count);
    }

    /// <summary>A file size limit is a full disk that needs no disk: the kernel takes part of a write and refuses the rest.</summary>
    [Fact]
    public async Task FileSizeLimit_RefusesAppendsAndHarmsNothing()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var child = Start("/bin/sh", "-c", LimitFileSize);
        long acknowledged = 0;
        string? line;
        while (long.TryParse(line = await child.StandardOutput.ReadLineAsync(), CultureInfo.InvariantCulture, out var seq))
        {
            acknowledged = seq;
            await child.StandardInput.WriteLineAsync();
        }

        Assert.Equal(nameof(MemoryFault.StoreUnavailable), line);
        await child.WaitForExitAsync();
        Assert.InRange(acknowledged, 50, 250);
        await using var stores = DiskStores.At(_folder.Path);
        await using var store = await stores.OpenAsync(SimulatedStore.Id, default);
        Assert.Equal(acknowledged, store.Seq);
    }

    private Process Start(params string[] wrapper)
    {
        string[] command = [.. wrapper, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", typeof(ChildProgram).Assembly.Location, _folder.Path];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in command[1..])
            start.ArgumentList.Add(argument);
        var child = Process.Start(start) ?? throw new InvalidOperationException("The other process did not start.");
        child.StandardInput.AutoFlush = true;
        return child;
    }

    private static async Task<long> ReadSeqAsync(Process child) =>
        long.Parse((await child.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);

    private static async Task KillAsync(Process child)
    {
        child.Kill();
        await child.WaitForExitAsync();
    }
}
