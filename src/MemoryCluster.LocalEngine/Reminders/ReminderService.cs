using MemoryCluster.LocalEngine.Runtime;
using Orleans;
using Orleans.Runtime;
using Orleans.Timers;

namespace MemoryCluster.LocalEngine.Reminders;

/// <summary>Registers reminders in their table and wakes their grains. One per cluster; it does not die with a silo.</summary>
internal sealed class ReminderService(Cluster cluster, IReminderTable table, TimeProvider clock, TimeSpan periodMin) : IReminderRegistry, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId, string), ScheduledReminder> _scheduled = [];
    private bool _isRunning;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await table.StartAsync(cancellationToken);
        _isRunning = true;
        foreach (var entry in (await table.ReadRows(0, 0)).Reminders)
        {
            Schedule(entry);
        }
    }

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < periodMin)
        {
            throw new ArgumentException($"The period of reminder '{reminderName}' is {period}; the least is {periodMin}.", nameof(period));
        }

        var entry = new ReminderEntry
        {
            GrainId = callingGrainId,
            ReminderName = reminderName,
            StartAt = (clock.GetUtcNow() + dueTime).UtcDateTime,
            Period = period,
        };
        entry.ETag = await table.UpsertRow(entry) ?? throw new ReminderException($"Reminder '{reminderName}' of {callingGrainId} was not stored.");
        Schedule(entry);
        return new Reminder(reminderName, entry.ETag);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        if (!await table.RemoveRow(callingGrainId, reminder.ReminderName, ((Reminder)reminder).ETag))
        {
            throw new ReminderException($"Reminder '{reminder.ReminderName}' of {callingGrainId} was changed or removed since it was read.");
        }

        Unschedule(callingGrainId, reminder.ReminderName);
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        await table.ReadRow(callingGrainId, reminderName) is { } row ? new Reminder(row.ReminderName, row.ETag!) : null;

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        [.. (await table.ReadRows(callingGrainId)).Reminders.Select(row => new Reminder(row.ReminderName, row.ETag!))];

    public void Dispose()
    {
        lock (_gate)
        {
            _isRunning = false;
            foreach (var scheduled in _scheduled.Values)
            {
                scheduled.Dispose();
            }

            _scheduled.Clear();
        }
    }

    private void Schedule(ReminderEntry entry)
    {
        lock (_gate)
        {
            UnscheduleLocked(entry.GrainId, entry.ReminderName);
            if (_isRunning)
            {
                _scheduled[(entry.GrainId, entry.ReminderName)] = new ScheduledReminder(cluster, clock, entry);
            }
        }
    }

    private void Unschedule(GrainId grainId, string reminderName)
    {
        lock (_gate)
        {
            UnscheduleLocked(grainId, reminderName);
        }
    }

    private void UnscheduleLocked(GrainId grainId, string reminderName)
    {
        if (_scheduled.Remove((grainId, reminderName), out var scheduled))
        {
            scheduled.Dispose();
        }
    }
}
