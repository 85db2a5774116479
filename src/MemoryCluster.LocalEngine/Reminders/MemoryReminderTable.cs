using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Reminders;

/// <summary>Reminders that last as long as this object.</summary>
public class MemoryReminderTable : IReminderTable
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(GrainId, string), ReminderEntry> _rows = new(
        Comparer<(GrainId Grain, string Name)>.Create((left, right) =>
            left.Grain.CompareTo(right.Grain) is not 0 and var order ? order : string.CompareOrdinal(left.Name, right.Name)));

    private long _lastETag;

    public virtual Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Select(row => row.GrainId == grainId);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Select(row =>
    {
        var hash = row.GrainId.GetUniformHashCode();
        return begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    });

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        lock (_gate)
        {
            return Task.FromResult(_rows.TryGetValue((grainId, reminderName), out var row) ? Copy(row) : null);
        }
    }

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            var row = Copy(entry);
            row.ETag = (++_lastETag).ToString(CultureInfo.InvariantCulture);
            _rows[(row.GrainId, row.ReminderName)] = row;
            OnChanged(_rows.Values);
            return Task.FromResult<string?>(row.ETag);
        }
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        lock (_gate)
        {
            var isThere = _rows.TryGetValue((grainId, reminderName), out var row) && row.ETag == eTag;
            if (isThere)
            {
                _rows.Remove((grainId, reminderName));
                OnChanged(_rows.Values);
            }

            return Task.FromResult(isThere);
        }
    }

    /// <summary>Makes the rows durable; called with the table locked.</summary>
    private protected virtual void OnChanged(IEnumerable<ReminderEntry> rows)
    {
    }

    private protected void Load(IEnumerable<ReminderEntry> rows)
    {
        lock (_gate)
        {
            foreach (var row in rows)
            {
                _rows[(row.GrainId, row.ReminderName)] = row;
                _lastETag = Math.Max(_lastETag, long.Parse(row.ETag!, CultureInfo.InvariantCulture));
            }
        }
    }

    private Task<ReminderTableData> Select(Func<ReminderEntry, bool> condition)
    {
        lock (_gate)
        {
            return Task.FromResult(new ReminderTableData(_rows.Values.Where(condition).Select(Copy)));
        }
    }

    // Rows are handed out as copies: what a caller changes is not what is stored.
    private static ReminderEntry Copy(ReminderEntry row) => new()
    {
        GrainId = row.GrainId,
        ReminderName = row.ReminderName,
        StartAt = row.StartAt,
        Period = row.Period,
        ETag = row.ETag,
    };
}
