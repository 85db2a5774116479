namespace MemoryCluster.LocalEngine.Tests.Grains;

/// <summary>What happened, in order, and the doors that grains wait at: how a test sees into a grain and holds it, without a clock.</summary>
internal sealed class Log
{
    private readonly Lock _gate = new();
    private readonly List<string> _entries = [];
    private readonly Dictionary<string, TaskCompletionSource> _doors = new(StringComparer.Ordinal);
    private readonly List<(Func<IReadOnlyList<string>, bool> Condition, TaskCompletionSource Waiter)> _waiters = [];

    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public void Add(string entry)
    {
        List<TaskCompletionSource> met;
        lock (_gate)
        {
            _entries.Add(entry);
            met = [.. _waiters.Where(waiter => waiter.Condition(_entries)).Select(waiter => waiter.Waiter)];
            _waiters.RemoveAll(waiter => met.Contains(waiter.Waiter));
        }

        met.ForEach(waiter => waiter.TrySetResult());
    }

    /// <summary>Waits until the entry has been written so many times.</summary>
    public Task SeenAsync(string entry, int times = 1) => WhenAsync(entries => entries.Count(written => written == entry) >= times);

    public Task WhenAsync(Func<IReadOnlyList<string>, bool> condition)
    {
        lock (_gate)
        {
            if (condition(_entries))
            {
                return Task.CompletedTask;
            }

            var waiter = new TaskCompletionSource();
            _waiters.Add((condition, waiter));
            return waiter.Task;
        }
    }

    public Task PassAsync(string door) => DoorOf(door).Task;

    public void Open(string door) => DoorOf(door).TrySetResult();

    private TaskCompletionSource DoorOf(string door)
    {
        lock (_gate)
        {
            return _doors.TryGetValue(door, out var known) ? known : _doors[door] = new TaskCompletionSource();
        }
    }
}
