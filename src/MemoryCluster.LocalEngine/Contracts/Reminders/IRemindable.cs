using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that reminders wake, even when it has no activation.</summary>
public interface IRemindable : IGrain
{
    Task ReceiveReminder(string reminderName, TickStatus status);
}
