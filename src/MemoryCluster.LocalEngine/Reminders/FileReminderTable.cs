using System.Text.Json;
using MemoryCluster.LocalEngine.Storage;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Reminders;

/// <summary>Reminders in one file, rewritten whole and synced at every change: there are few, and they change seldom.</summary>
public sealed class FileReminderTable(string path) : MemoryReminderTable
{
    private const int Format = 1;

    public override Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (AtomicFile.Read(path) is { } content)
        {
            var document = JsonSerializer.Deserialize<Document>(content)!;
            Load(document.Format == Format
                ? document.Rows.Select(row => row.ToEntry())
                : throw new InvalidDataException($"{path} is of format {document.Format}; this version reads format {Format}."));
        }

        return Task.CompletedTask;
    }

    private protected override void OnChanged(IEnumerable<ReminderEntry> rows) =>
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(new Document(Format, [.. rows.Select(Row.Of)])));

    private sealed record Document(int Format, Row[] Rows);

    private sealed record Row(string Grain, string Name, DateTime StartAt, TimeSpan Period, string ETag)
    {
        public static Row Of(ReminderEntry entry) => new(entry.GrainId.ToString(), entry.ReminderName, entry.StartAt, entry.Period, entry.ETag!);

        public ReminderEntry ToEntry() => new() { GrainId = GrainId.Parse(Grain), ReminderName = Name, StartAt = StartAt, Period = Period, ETag = ETag };
    }
}
