using MemoryCluster.LocalEngine.Reminders;
using MemoryCluster.LocalEngine.Tests.Engines;
using MemoryCluster.LocalEngine.Tests.Grains;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Contract;

public sealed class ReminderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory, BothEngines]
    public Task Reminder_WakesAGrainThatHasEnded_UntilItIsTakenBack(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<IReminderGrain>("a");
        await grain.RegisterAsync("wake", 2 * Minute, 5 * Minute);
        await grain.EndAsync();

        await TickedAsync(scene, 2 * Minute, "wake at 2 min");
        await TickedAsync(scene, 5 * Minute, "wake at 7 min");
        Assert.Contains("wake", await grain.NamesAsync());
        await grain.UnregisterAsync("wake");
        await scene.PassAsync(60 * Minute);

        Assert.Equal(2, scene.Log.Entries.Count);
        Assert.Empty(await grain.NamesAsync());
    });

    [Theory, BothEngines]
    public Task ReminderOfTheSameName_ReplacesTheOneBefore(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<IReminderGrain>("a");
        await grain.RegisterAsync("wake", Minute, Minute);
        await grain.RegisterAsync("wake", 10 * Minute, 10 * Minute);

        await TickedAsync(scene, 10 * Minute, "wake at 10 min");

        Assert.Single(scene.Log.Entries);
    });

    [Theory, BothEngines]
    public Task ReminderThatIsTooFrequent_IsRefused(EngineKind kind) => Engine.RunAsync(kind, async scene =>
        await Assert.ThrowsAsync<ArgumentException>(() => scene.Grains.GetGrain<IReminderGrain>("a").RegisterAsync("wake", Minute, Minute / 2)));

    [Fact]
    public async Task FileTable_OutlivesItsObject_AndRefusesAStaleRemoval()
    {
        var folder = Directory.CreateTempSubdirectory("memory-cluster-reminders").FullName;
        var path = Path.Combine(folder, "reminders.json");
        var row = new ReminderEntry { GrainId = GrainId.Create("reminder", "a"), ReminderName = "wake", StartAt = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc), Period = Minute };
        var first = new FileReminderTable(path);
        await first.StartAsync();
        var stale = await first.UpsertRow(row);
        await first.UpsertRow(row);

        var second = new FileReminderTable(path);
        await second.StartAsync();

        var read = Assert.Single((await second.ReadRows(0, 0)).Reminders);
        Assert.Equal((row.GrainId, row.StartAt, row.Period), (read.GrainId, read.StartAt, read.Period));
        Assert.False(await second.RemoveRow(row.GrainId, "wake", stale!));
        Assert.True(await second.RemoveRow(row.GrainId, "wake", read.ETag!));
        Assert.Null(await second.ReadRow(row.GrainId, "wake"));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task TickedAsync(Scene scene, TimeSpan by, string tick)
    {
        await scene.PassAsync(by);
        await scene.Log.SeenAsync(tick);
    }
}
