using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Reminders;

/// <summary>A registered reminder, as its grain holds it.</summary>
internal sealed record Reminder(string ReminderName, string ETag) : IGrainReminder;
