namespace MemoryCluster.Storage.Files.Disk;

/// <summary>
/// Threads that block on the disk so that nobody else does. Work comes in lanes: one store's jobs run one after another, several
/// stores' side by side up to the number of threads.
/// </summary>
internal sealed class IoThreads(int threadsMax) : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<IoLane> _ready = [];
    private int _started;
    private int _idle;
    private bool _closing;

    public IoLane NewLane() => new(this);

    public void Schedule(IoLane lane)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            _ready.Enqueue(lane);
            if (_idle >= _ready.Count)
                Monitor.Pulse(_gate);
            else if (_started < threadsMax)
                Start(_started++);
        }
    }

    /// <summary>Lets what is queued finish, then ends the threads.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Start(int number) => new Thread(Run) { IsBackground = true, Name = $"store-io-{number}" }.Start();

    private void Run()
    {
        while (Next() is { } lane)
            lane.RunOne();
    }

    private IoLane? Next()
    {
        lock (_gate)
        {
            while (_ready.Count == 0)
            {
                if (_closing)
                    return null;
                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }

            return _ready.Dequeue();
        }
    }
}
