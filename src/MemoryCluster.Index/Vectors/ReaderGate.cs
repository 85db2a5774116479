namespace MemoryCluster.Index.Vectors;

/// <summary>Tells the one writer when every reader that could have seen a freed slot is gone (epoch-based reclamation; Fraser 2004, §5.2.3).</summary>
internal sealed class ReaderGate
{
    // A cache line apart, so that readers of one epoch do not slow those of the next.
    private readonly long[] _readers = new long[24];
    private long _epoch;

    /// <summary>What is freed now may be used again once <see cref="IsPast"/> says so of this.</summary>
    public long Epoch => _epoch;

    /// <summary>Begins a read; what it returns goes to <see cref="Exit"/>.</summary>
    public int Enter()
    {
        while (true)
        {
            var epoch = Volatile.Read(ref _epoch);
            var lane = LaneOf(epoch);
            Interlocked.Increment(ref _readers[lane]);
            if (Volatile.Read(ref _epoch) == epoch)
            {
                return lane;
            }

            Interlocked.Decrement(ref _readers[lane]);
        }
    }

    public void Exit(int lane) => Interlocked.Decrement(ref _readers[lane]);

    /// <summary>For the writer: whether no reader of that epoch or an earlier one is left; moves the epoch on where it can.</summary>
    public bool IsPast(long epoch)
    {
        // An epoch ends when no reader of the one before is left, so two steps on nobody of this one is.
        while (_epoch < epoch + 2 && Interlocked.Read(ref _readers[LaneOf(_epoch + 1)]) == 0)
        {
            Interlocked.Increment(ref _epoch);
        }

        return _epoch >= epoch + 2;
    }

    private static int LaneOf(long epoch) => 8 + ((int)(epoch & 1) * 8);
}
