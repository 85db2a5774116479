namespace MemoryCluster.LoadTests.Histories;

/// <summary>Keeps what the clients of a run see, up to a limit of entries.</summary>
internal sealed class HistoryRecorder(int entriesMax = HistoryRecorder.EntriesMaxDefault)
{
    /// <summary>Some 130 bytes each beside the texts: 650 MB at most, three hours at 400 a second.</summary>
    public const int EntriesMaxDefault = 5_000_000;

    private readonly Lock _lock = new();
    private readonly List<ProcessRecorder> _processes = [];
    private int _entries;
    private long _notRecorded;

    /// <summary>The pages of one more client, numbered from 0.</summary>
    public ProcessRecorder NewProcess()
    {
        lock (_lock)
        {
            var process = new ProcessRecorder(_processes.Count, HasPlace);
            _processes.Add(process);
            return process;
        }
    }

    /// <summary>Everything so far; take it when the clients are at rest.</summary>
    public History Take()
    {
        lock (_lock)
        {
            return new History
            {
                Operations = [.. _processes.SelectMany(process => process.Operations)],
                Looks = [.. _processes.SelectMany(process => process.Looks)],
                NotRecorded = Interlocked.Read(ref _notRecorded),
            };
        }
    }

    private bool HasPlace()
    {
        if (Interlocked.Increment(ref _entries) <= entriesMax)
            return true;
        Interlocked.Increment(ref _notRecorded);
        return false;
    }
}
