using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

internal sealed class ReminderGrain(Log log) : Grain, IReminderGrain, IRemindable
{
    private static readonly DateTime Start = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public Task RegisterAsync(string name, TimeSpan dueTime, TimeSpan period) => this.RegisterOrUpdateReminder(name, dueTime, period);

    public async Task UnregisterAsync(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public async Task<string[]> NamesAsync() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName)];

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        log.Add($"{reminderName} at {(status.CurrentTickTime - Start).TotalMinutes:F0} min");
        return Task.CompletedTask;
    }
}
