using Orleans.Runtime;

namespace Orleans;

/// <summary>Where reminders outlive the process.</summary>
public interface IReminderTable
{
    Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>Rows whose grain's uniform hash lies in (begin, end], or outside of it when begin is not below end.</summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

    /// <summary>Writes the row and returns its new etag.</summary>
    Task<string?> UpsertRow(ReminderEntry entry);

    /// <summary>Whether the row was there with this etag and is now gone.</summary>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

    Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
